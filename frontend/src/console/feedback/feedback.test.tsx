import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { problemOf } from "../../api/problem";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import FeedbackForm from "./FeedbackForm";

describe("feedback", () => {
  it("goes with the page, how it looks, and the last request that failed", async () => {
    await problemOf(new Response(JSON.stringify({ code: "x", request_id: "r-17" }), { status: 500, headers: { "content-type": "application/problem+json" } }));
    const asked = serve({ "POST /api/v1/feedback": { status: 201, json: {} } });
    const onClose = vi.fn();
    draw(<FeedbackForm onClose={onClose} />, { path: "/orders?state=open" });
    fireEvent.change(screen.getByLabelText("说说看"), { target: { value: "列表是空的" } });
    await act(async () => {
      fireEvent.click(screen.getByText("发出"));
      await Promise.resolve();
    });
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    const body = asked.find(({ url }) => url.pathname === "/api/v1/feedback")?.body as Record<string, unknown>;
    expect(body).toMatchObject({ kind: "fault", words: "列表是空的", address: "/orders?state=open", language: "zh", theme: "light", failed_request: "r-17", picture: null });
    expect(body.screen).toMatch(/^\d+×\d+$/);
  });
  it("is not sent without a word", async () => {
    const asked = serve({});
    draw(<FeedbackForm onClose={() => undefined} />);
    await act(async () => {
      fireEvent.click(screen.getByText("发出"));
      await Promise.resolve();
    });
    await waitFor(() => expect(screen.getByText("此项必填")).toBeTruthy());
    expect(asked).toEqual([]);
  });
});

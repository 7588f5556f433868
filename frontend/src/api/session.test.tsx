import { useQuery } from "@tanstack/react-query";
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { draw } from "../testing/render";
import { client, unwrap } from "./client";
import { SESSION_KEY, useForgetting, useSessionQuery, useSignOut } from "./session";

function Desk() {
  useQuery({ queryKey: ["home"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/home", { signal })) });
  const signOut = useSignOut();
  return <button onClick={() => void signOut()}>out</button>;
}

function Gate() {
  const { data } = useSessionQuery();
  useForgetting(data);
  return data ? <Desk /> : null;
}

it("breaks off what is still asked before it signs out, and forgets what was seen", async () => {
  const order: string[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    const { method } = request;
    order.push(method);
    if (method === "DELETE") return Promise.resolve(new Response(null, { status: 204 }));
    return new Promise((_, refuse) => {
      request.signal.addEventListener("abort", () => {
        order.push("broken off");
        refuse(new DOMException("", "AbortError"));
      });
    });
  });
  const { cache } = draw(<Gate />);
  await vi.waitFor(() => expect(order).toEqual(["GET"]));
  await act(async () => {
    fireEvent.click(screen.getByText("out"));
    await vi.waitFor(() => expect(order).toContain("DELETE"));
  });
  expect(order).toEqual(["GET", "broken off", "DELETE"]);
  await vi.waitFor(() => expect(cache.getQueryData(SESSION_KEY)).toBeNull());
  expect(cache.getQueryCache().find({ queryKey: ["home"] })).toBeUndefined();
  expect(order).toHaveLength(3);
});

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import en from "../../i18n/en/tour";
import zh from "../../i18n/zh/tour";
import { draw } from "../../testing/render";
import HelpMenu from "../help/HelpMenu";
import { type TourName, TOURS, tourOf } from "./tours";

describe("tours", () => {
  it("have three to six steps, each with words in both languages", () => {
    for (const name of Object.keys(TOURS) as TourName[]) {
      const steps = Object.keys(TOURS[name].steps);
      expect(steps.length).toBeGreaterThanOrEqual(3);
      expect(steps.length).toBeLessThanOrEqual(6);
      for (const texts of [zh, en]) expect(Object.keys(texts[name])).toEqual(steps);
    }
  });
  it("belong to the main pages", () => {
    expect([tourOf("/"), tourOf("/trace/17"), tourOf("/events"), tourOf("/nodes/inspect"), tourOf("/orders")]).toEqual(["home", "trace", "events", "node", "orders"]);
    expect([tourOf("/nodes"), tourOf("/orders/3"), tourOf("/people")]).toEqual([null, null, null]);
  });
  it("are offered once, never begin by themselves, and can be had again", async () => {
    const first = draw(<HelpMenu />, { path: "/events" });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(first.container.querySelector(".ant-badge-dot")).not.toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "帮助" }));
    fireEvent.click(await screen.findByText("看看这一页怎么用"));
    await waitFor(() => expect(first.container.querySelector(".ant-badge-dot")).toBeNull());
    first.unmount();
    const again = draw(<HelpMenu />, { path: "/events" });
    expect(again.container.querySelector(".ant-badge-dot")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "帮助" }));
    expect(await screen.findByText("看看这一页怎么用")).toBeTruthy();
  });
});

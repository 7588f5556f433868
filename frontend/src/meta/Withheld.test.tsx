import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { useNames } from "../api/vocabulary";
import { ADMINISTRATOR, draw } from "../testing/render";
import { WithheldNote } from "./Withheld";

function Person({ uri }: { uri: string | null }) {
  return <b>{useNames().of("people", uri, null) || "nobody"}</b>;
}

describe("what is withheld from the reader", () => {
  it("is named over the page", () => {
    draw(<WithheldNote />, { session: { ...ADMINISTRATOR, withheld: ["people", "measured"] } });
    expect(screen.getByRole("note").textContent).toContain("无权查看：人员 · 参数");
  });

  it("is not mentioned to who sees everything", () => {
    draw(<WithheldNote />, { session: { ...ADMINISTRATOR, withheld: [] } });
    expect(screen.queryByRole("note")).toBeNull();
  });

  it("stands in the place of a person, who is not nobody then", () => {
    draw(<Person uri={null} />, { session: { ...ADMINISTRATOR, permissions: [], withheld: ["people"] } });
    expect(screen.getByText("无权查看")).toBeTruthy();
  });

  it("leaves nobody as nobody to who sees people", () => {
    draw(<Person uri={null} />, { session: { ...ADMINISTRATOR, permissions: [], withheld: ["parties"] } });
    expect(screen.getByText("nobody")).toBeTruthy();
  });
});

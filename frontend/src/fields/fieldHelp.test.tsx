import { fireEvent, screen, waitFor } from "@testing-library/react";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import zh from "../i18n/zh/fieldHelp";
import { draw } from "../testing/render";
import { FieldHelp } from "./FieldHelp";

const SOURCE = join(import.meta.dirname, "..");

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "i18n" ? "" : sources(path);
      return /\.tsx$/.test(entry.name) && !/\.test\.tsx$/.test(entry.name) ? readFileSync(path, "utf8") : "";
    })
    .join("\n");
}

describe("help at the field", () => {
  it("is shown somewhere, each that is registered", () => {
    const all = sources(SOURCE);
    expect(Object.keys(zh.of).filter((name) => !all.includes(`"${name}"`))).toEqual([]);
  });
  it("opens by a press, and says its sentence", async () => {
    draw(<FieldHelp of="nodePlace" />);
    const button = screen.getByRole("button", { name: "这一项是什么意思" });
    button.focus();
    expect(document.activeElement).toBe(button);
    fireEvent.click(button);
    await waitFor(() => expect(screen.getByRole("note").textContent).toBe(zh.of.nodePlace));
  });
});

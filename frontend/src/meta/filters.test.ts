import { describe, expect, it } from "vitest";

import { Problem } from "../api/problem";
import { readFilters, writeFilters } from "./filters";
import { fieldFault, type FormField } from "./form";

describe("filters in the address", () => {
  it("are read by name; blanks and strangers are passed over", () => {
    expect(readFilters(new URLSearchParams("step=packing&place=+&other=1"), ["step", "place"])).toEqual({ step: "packing" });
  });
  it("keep what else the address says", () => {
    expect(writeFilters(new URLSearchParams("step=packing&event=7"), { step: "", place: "A" }).toString()).toBe("event=7&place=A");
  });
  it("survive a round trip", () => {
    const value = "https://id.gs1.org/414/0952?x=1&y=è 中";
    const written = writeFilters(new URLSearchParams(), { place: value });
    expect(readFilters(new URLSearchParams(written.toString()), ["place"])).toEqual({ place: value });
  });
});

describe("a refusal in a form", () => {
  const fields: FormField[] = [
    { kind: "text", name: "login", label: "Login" },
    { kind: "custom", name: "roles", label: "Roles", control: null },
  ];
  const at = (place: string) => fieldFault(fields, new Problem(422, { at: place }), "no");
  it("shows at its field", () => {
    expect(at("/login")).toEqual({ name: "login", message: "no" });
    expect(at("/roles/0/site_id")?.name).toBe("roles");
    expect(at("/payload/login")?.name).toBe("login");
  });
  it("belongs to the whole form when no field is named", () => {
    expect(at("/other")).toBeNull();
    expect(at("char 3")).toBeNull();
  });
});

import { expect, it } from "vitest";

import { attachedIn, attachedTo } from "./attachments";

const DIGEST = "ab".repeat(32);

it("finds what is attached, and nothing else", () => {
  const photo = { sha256: DIGEST, type: "image/jpeg", size: 9 };
  expect(attachedTo({ "suyuan:fields": { seen: [photo, { ...photo, name: "a.jpg" }], signed: photo, note: "x", count: 1, nothing: null } })).toMatchObject([
    { field: "seen", name: "" }, { field: "seen", name: "a.jpg", size: 9 }, { field: "signed", type: "image/jpeg" },
  ]);
  expect(attachedTo({})).toEqual([]);
  expect(attachedTo({ "suyuan:fields": { seen: [{ sha256: "../../x" }] } })).toEqual([]);
  expect(attachedIn({ values: { seen: [{ sha256: DIGEST }], unit: { raw: "x" } } })).toHaveLength(1);
  expect(attachedIn(null)).toEqual([]);
});

import { screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { pictures as picturesEn, texts as textsEn } from "virtual:guides/en";
import { pictures as picturesZh, texts as textsZh } from "virtual:guides/zh";
import { describe, expect, it } from "vitest";

import { draw } from "../../testing/render";
import { DESTINATIONS } from "../destinations";
import { helpFor, PLACES, ROLE_NAMES, ROLES } from "./chapters";
import { find } from "./found";
import HelpPage from "./HelpPage";
import { anchorOf, sectionsOf } from "./markdown";

const LANGUAGES = { zh: { texts: textsZh, pictures: picturesZh }, en: { texts: textsEn, pictures: picturesEn } };
const named = new Set<string>(ROLE_NAMES.flatMap((role) => [...ROLES[role]]));

describe("the manual", () => {
  it.each(Object.entries(LANGUAGES))("has every guide under somebody's work, and no chapter that is none (%s)", (_, { texts }) => {
    expect([...named].sort()).toEqual(Object.keys(texts).sort());
  });
  it.each(Object.entries(LANGUAGES))("has every picture that a guide shows, light and dark (%s)", (_, { texts, pictures }) => {
    const shown = Object.values(texts).flatMap((text) => [...text.matchAll(/screenshots\/([\w-]+\.webp)/g)].map(([, name]) => name ?? ""));
    expect(shown.length).toBeGreaterThan(40);
    expect(shown.filter((name) => !pictures[name] || !pictures[name.replace("-light-", "-dark-")])).toEqual([]);
  });
  it.each(Object.entries(LANGUAGES))("has a picture in nearly every chapter (%s)", (_, { texts }) => {
    expect(Object.keys(texts).filter((name) => !texts[name]?.includes("!["))).toEqual(["integrators"]);
  });
  it("has the place that each page leads to", () => {
    for (const { texts } of Object.values(LANGUAGES)) {
      const missing = PLACES.filter(({ chapter, section }) => {
        const parts = sectionsOf(texts[chapter] ?? "").filter(({ level }) => level === 2);
        return parts.length === 0 || (section !== undefined && !parts[section - 1]);
      });
      expect(missing).toEqual([]);
    }
  });
  it("is led to from every page", () => {
    for (const { path } of DESTINATIONS) expect(helpFor(path)).toMatch(/^\/help\/[\w-]+/);
    expect(helpFor("/orders/17")).toBe(helpFor("/orders"));
    expect(helpFor("/bills/h1")).toContain("planning-production");
  });
  it("names headings as code hosts do", () => {
    expect(anchorOf("Photos, files & `voice`")).toBe("photos-files--voice");
    expect(anchorOf("厂内 HTTPS")).toBe("厂内-https");
  });
  it("is found by words, headings first", () => {
    const chapters = Object.fromEntries(Object.entries(textsZh).map(([name, text]) => [name, sectionsOf(text)]));
    expect(find(chapters, "扫描头")[0]?.section.title).toBe("扫描头");
    expect(find(chapters, "断网 上传").length).toBeGreaterThan(0);
    expect(find(chapters, "  ")).toEqual([]);
  });
});

describe("the page of the manual", () => {
  const open = (path: string) =>
    draw(
      <Routes>
        <Route path="/help/:chapter" element={<HelpPage />} />
      </Routes>,
      { path },
    );
  it("shows a chapter with its pictures in words, and no HTML of its own", async () => {
    const { container } = open("/help/pda");
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("现场 PDA"));
    const shown = [...container.querySelectorAll("article img")];
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.every((picture) => picture.getAttribute("alt"))).toBe(true);
    expect(container.querySelector("article script, article iframe")).toBeNull();
  });
  it("says so when there is no such chapter", async () => {
    open("/help/nothing");
    await waitFor(() => expect(screen.getByText("没有这一章")).toBeTruthy());
  });
});

import { describe, expect, it } from "vitest";

import type { Drawing } from "../cards";
import { layeredLayout } from "../layout/layered";
import { lookAt } from "../look";
import { wholeScene } from "../scene";
import { svgOf } from "../svg";
import { type GraphTexts, LIGHT } from "../theme";
import { genealogy, node } from "./build";

const kinds = { unit: "U", lot: "L", carrier: "C", asset: "A", product: "P" };
const texts: GraphTexts = {
  kindLetters: kinds, kindNames: kinds, possible: "possible", excluded: "excluded", start: "start", showMore: (n) => `${n} more`, close: (n) => `close ${n}`,
};

function drawing(until = Infinity): Drawing {
  const graph = genealogy(["reel>unit", "unit>box", "reel>other"], [
    node("reel", { role: "start", kind: "lot", label: 'R<1> & "x"' }), node("unit", { verdict: "possible", since: 100, state: "held" }),
    node("box", { kind: "carrier", since: 200 }), node("other", { verdict: "excluded", reason: "used before" }),
  ]);
  const scene = wholeScene(graph);
  return { scene, layout: layeredLayout({ count: scene.nodes.length, from: scene.from, to: scene.to }), look: lookAt(scene, -1, [], -1, until), theme: LIGHT, texts };
}

const all = { x0: -50, y0: -50, x1: 5000, y1: 5000 };

function parse(text: string): Document {
  return new DOMParser().parseFromString(text, "image/svg+xml");
}

describe("SVG export", () => {
  it("is a well-formed vector drawing with every card, edge and text", () => {
    const text = svgOf(drawing(), all, "Trace of <reel>");
    const svg = parse(text).documentElement;
    expect(svg.tagName).toBe("svg");
    expect(svg.getAttribute("viewBox")).toBe("-50 -50 5050 5050");
    expect(text).not.toContain("<image");
    expect(text).toContain("R&#60;1&#62; &#38; &#34;x&#34;");
    expect(text).toContain("<title>Trace of &#60;reel&#62;</title>");
    expect((text.match(/<path /gu) ?? []).length).toBeGreaterThanOrEqual(3);
    for (const word of ["unit", "box", "other", "used before", "possible", "start"]) expect(text).toContain(`${word}</text>`);
  });

  it("draws the possible dashed and strikes the excluded", () => {
    const text = svgOf(drawing(), all, "");
    expect(text).toMatch(/stroke-dasharray="6 4"/u);
    expect(text).toMatch(/text-decoration="line-through"[^>]*>(<title>[^<]*<\/title>)?other/u);
  });

  it("leaves out what had not happened and what is not in view", () => {
    expect(svgOf(drawing(150), all, "")).not.toContain(">box</text>");
    expect(svgOf(drawing(), { x0: 0, y0: 0, x1: 10, y1: 5000 }, "")).not.toContain(">box</text>");
  });
});

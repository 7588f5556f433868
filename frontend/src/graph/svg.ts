import { type Drawing, drawCard } from "./cards";
import { drawEdge, edgeDrawn, nodeDrawn } from "./edges";
import { f32, u8 } from "./access";
import { NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import type { Box } from "./spatial";
import { type Ink, type Surface, type TextInk, TextMeasure } from "./surface";

const escape = (text: string): string =>
  text.replace(/[&<>"']/gu, (c) => `&#${c.charCodeAt(0)};`);
const n = (value: number): string => String(Math.round(value * 100) / 100);

/** A surface that writes SVG elements. */
export class SvgSurface implements Surface {
  readonly parts: string[] = [];

  /** Without a measure texts are written in full. */
  constructor(private readonly measure: TextMeasure | null, private readonly family: string) {}

  private ink(ink: Ink): string {
    const out = [`fill="${ink.fill === undefined ? "none" : escape(ink.fill)}"`];
    if (ink.stroke !== undefined) out.push(`stroke="${escape(ink.stroke)}"`, `stroke-width="${n(ink.width ?? 1)}"`);
    if (ink.dash) out.push(`stroke-dasharray="${ink.dash.map(n).join(" ")}"`);
    if (ink.opacity !== undefined && ink.opacity < 1) out.push(`opacity="${n(ink.opacity)}"`);
    return out.join(" ");
  }

  rect(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void {
    this.parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}" ${this.ink(ink)}/>`);
  }

  circle(x: number, y: number, radius: number, ink: Ink): void {
    this.parts.push(`<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" ${this.ink(ink)}/>`);
  }

  polygon(points: readonly number[], ink: Ink): void {
    this.parts.push(`<polygon points="${points.map(n).join(" ")}" ${this.ink(ink)}/>`);
  }

  curve(start: readonly [number, number], cubics: readonly number[], ink: Ink): void {
    this.parts.push(`<path d="M${n(start[0])} ${n(start[1])}C${cubics.map(n).join(" ")}" ${this.ink(ink)}/>`);
  }

  text(x: number, y: number, text: string, ink: TextInk): void {
    if (!text) return;
    const weight = ink.weight ?? 400;
    const { maxWidth, least } = ink;
    const size = least === undefined || maxWidth === undefined || !this.measure ? ink.size : this.measure.shrink(text, ink.size, weight, maxWidth, least);
    const shown = maxWidth === undefined || !this.measure ? text : this.measure.fit(text, size, weight, maxWidth, ink.cut);
    const full = shown === text ? "" : `<title>${escape(text)}</title>`;
    const attributes = [
      `x="${n(x)}"`, `y="${n(y)}"`, `dy=".35em"`, `font-size="${n(size)}"`, `font-weight="${weight}"`, `fill="${escape(ink.fill)}"`,
    ];
    if (ink.anchor && ink.anchor !== "start") attributes.push(`text-anchor="${ink.anchor}"`);
    if (ink.strike) attributes.push('text-decoration="line-through"');
    if (ink.opacity !== undefined && ink.opacity < 1) attributes.push(`opacity="${n(ink.opacity)}"`);
    this.parts.push(`<text ${attributes.join(" ")}>${full}${escape(shown)}</text>`);
  }

  /** The document around what was drawn. */
  document(box: Box, background: string, title: string): string {
    const width = box.x1 - box.x0;
    const height = box.y1 - box.y0;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(box.x0)} ${n(box.y0)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" font-family="${escape(this.family)}" role="img">`,
      `<title>${escape(title)}</title>`,
      `<rect x="${n(box.x0)}" y="${n(box.y0)}" width="${n(width)}" height="${n(height)}" fill="${escape(background)}"/>`,
      ...this.parts,
      "</svg>",
    ].join("\n");
  }
}

/** The drawn part of the world that `box` shows, as a vector drawing; edges below cards, as on the screen. */
export function svgOf(drawing: Drawing, box: Box, title: string): string {
  const { scene, layout, look, theme } = drawing;
  const surface = new SvgSurface(new TextMeasure(theme.font), theme.font);
  const shown = new Uint8Array(scene.nodes.length);
  for (let node = 0; node < scene.nodes.length; node++) {
    const x = f32(layout.x, node);
    const y = f32(layout.y, node);
    const inside = x <= box.x1 && y <= box.y1 && x + NODE_WIDTH >= box.x0 && y + NODE_HEIGHT >= box.y0;
    if (inside && nodeDrawn(scene, node, look.until)) shown[node] = 1;
  }
  const marked: number[] = [];
  scene.from.forEach((from, edge) => {
    if (!(u8(shown, from) || shown[scene.to[edge] ?? 0]) || !edgeDrawn(scene, edge, look.until)) return;
    if (u8(look.edges, edge)) marked.push(edge);
    else drawEdge(surface, drawing, edge);
  });
  for (const edge of marked) drawEdge(surface, drawing, edge);
  shown.forEach((on, node) => {
    if (on) drawCard(surface, drawing, node, "full");
  });
  return surface.document(box, theme.background, title);
}

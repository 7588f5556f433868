export interface Ink {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface TextInk {
  readonly fill: string;
  readonly size: number;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly strike?: boolean;
  /** Longer text is cut with an ellipsis, at the end or, for codes whose end tells them apart, in the middle. */
  readonly maxWidth?: number;
  readonly cut?: "end" | "middle";
  /** Text that is too long is made smaller, down to this, before it is cut. */
  readonly least?: number;
  readonly opacity?: number;
}

/**
 * What cards and edges are drawn on. The canvas and the SVG export implement it, so that the exported vector is
 * the picture on the screen and not a second drawing of it. Coordinates are world units.
 */
export interface Surface {
  rect(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void;
  circle(x: number, y: number, radius: number, ink: Ink): void;
  /** A closed polygon through x, y pairs. */
  polygon(points: readonly number[], ink: Ink): void;
  /** An open path: M x y, then cubic segments of six numbers each. */
  curve(start: readonly [number, number], cubics: readonly number[], ink: Ink): void;
  /** Baseline-centred text: y is the vertical middle. */
  text(x: number, y: number, text: string, ink: TextInk): void;
}

/** Text widths, measured once per font and text. */
export class TextMeasure {
  private readonly context: CanvasRenderingContext2D | null;
  private readonly cut = new Map<string, string>();

  constructor(private readonly family: string) {
    this.context = document.createElement("canvas").getContext("2d");
  }

  font(size: number, weight: number): string {
    return `${weight} ${size}px ${this.family}`;
  }

  width(text: string, size: number, weight: number): number {
    if (!this.context) return text.length * size * 0.6;
    this.context.font = this.font(size, weight);
    return this.context.measureText(text).width;
  }

  /** The largest size between `least` and `size` at which the text fits; `least` when it fits at none. */
  shrink(text: string, size: number, weight: number, maxWidth: number, least: number): number {
    const width = this.width(text, size, weight);
    return width <= maxWidth ? size : Math.max(least, Math.floor((size * maxWidth) / width));
  }

  /** The text itself when it fits, else its beginning with an ellipsis, or its beginning and its end with one between. */
  fit(text: string, size: number, weight: number, maxWidth: number, where: "end" | "middle" = "end"): string {
    const key = `${where}${weight}/${size}/${Math.round(maxWidth)}/${text}`;
    const known = this.cut.get(key);
    if (known !== undefined) return known;
    let result = text;
    if (this.width(text, size, weight) > maxWidth) {
      const letters = Array.from(text);
      const cut = (kept: number): string => {
        const tail = where === "middle" ? Math.ceil(kept * 0.6) : 0;
        return `${letters.slice(0, kept - tail).join("").trimEnd()}…${letters.slice(letters.length - tail).join("")}`;
      };
      let low = 0;
      let high = letters.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.width(cut(middle), size, weight) <= maxWidth) low = middle;
        else high = middle - 1;
      }
      result = cut(low);
    }
    if (this.cut.size > 20_000) this.cut.clear();
    this.cut.set(key, result);
    return result;
  }
}

export class CanvasSurface implements Surface {
  constructor(private readonly cx: CanvasRenderingContext2D, private readonly measure: TextMeasure) {}

  private ink(ink: Ink): void {
    const { cx } = this;
    cx.globalAlpha = ink.opacity ?? 1;
    if (ink.fill !== undefined) {
      cx.fillStyle = ink.fill;
      cx.fill();
    }
    if (ink.stroke !== undefined) {
      cx.strokeStyle = ink.stroke;
      cx.lineWidth = ink.width ?? 1;
      cx.setLineDash(ink.dash ? [...ink.dash] : []);
      cx.stroke();
      if (ink.dash) cx.setLineDash([]);
    }
    cx.globalAlpha = 1;
  }

  rect(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void {
    this.cx.beginPath();
    if (radius) this.cx.roundRect(x, y, width, height, radius);
    else this.cx.rect(x, y, width, height);
    this.ink(ink);
  }

  circle(x: number, y: number, radius: number, ink: Ink): void {
    this.cx.beginPath();
    this.cx.arc(x, y, radius, 0, Math.PI * 2);
    this.ink(ink);
  }

  polygon(points: readonly number[], ink: Ink): void {
    this.cx.beginPath();
    for (let i = 0; i + 1 < points.length; i += 2) this.cx.lineTo(points[i] ?? 0, points[i + 1] ?? 0);
    this.cx.closePath();
    this.ink(ink);
  }

  curve(start: readonly [number, number], cubics: readonly number[], ink: Ink): void {
    const c = (i: number): number => cubics[i] ?? 0;
    this.cx.beginPath();
    this.cx.moveTo(start[0], start[1]);
    for (let i = 0; i < cubics.length; i += 6) this.cx.bezierCurveTo(c(i), c(i + 1), c(i + 2), c(i + 3), c(i + 4), c(i + 5));
    this.ink(ink);
  }

  text(x: number, y: number, text: string, ink: TextInk): void {
    const { cx, measure } = this;
    const weight = ink.weight ?? 400;
    const size = ink.least === undefined || ink.maxWidth === undefined ? ink.size : measure.shrink(text, ink.size, weight, ink.maxWidth, ink.least);
    const shown = ink.maxWidth === undefined ? text : measure.fit(text, size, weight, ink.maxWidth, ink.cut);
    cx.globalAlpha = ink.opacity ?? 1;
    cx.font = measure.font(size, weight);
    cx.textAlign = ink.anchor === "middle" ? "center" : ink.anchor === "end" ? "right" : "left";
    cx.textBaseline = "middle";
    cx.fillStyle = ink.fill;
    cx.fillText(shown, x, y + 0.5);
    if (ink.strike) {
      const width = measure.width(shown, size, weight);
      const left = ink.anchor === "middle" ? x - width / 2 : ink.anchor === "end" ? x - width : x;
      cx.fillRect(left, y, width, 1);
    }
    cx.globalAlpha = 1;
  }
}

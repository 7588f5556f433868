import type { ItemKind, NodeState } from "./model";

/** Colours of the viewer. Everything else about its look is fixed. */
export interface GraphTheme {
  readonly dark: boolean;
  readonly background: string;
  readonly card: string;
  readonly cardShade: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly edge: string;
  readonly edgeFaint: string;
  readonly up: string;
  readonly down: string;
  readonly path: string;
  readonly match: string;
  readonly possible: string;
  readonly possibleFill: string;
  readonly warning: string;
  readonly kinds: Readonly<Record<ItemKind, string>>;
  readonly states: Readonly<Record<NodeState, string>>;
  readonly font: string;
}

const FONT = 'system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif';

export const LIGHT: GraphTheme = {
  dark: false,
  background: "#f7f9fa", card: "#ffffff", cardShade: "rgba(13,42,51,0.08)", border: "#ccd7dc",
  text: "#14232a", muted: "#4d5f68", faint: "#8a9aa2", accent: "#0b6074", onAccent: "#ffffff",
  edge: "#a3b4bc", edgeFaint: "#d9e2e6", up: "#12879f", down: "#c96a12", path: "#b3261e", match: "#f2b34c",
  possible: "#8a5a00", possibleFill: "#fdf1d3", warning: "#b3261e",
  kinds: { unit: "#2560c0", lot: "#1d7440", carrier: "#9a5b00", asset: "#6b46b8", product: "#566770" },
  states: { held: "#b3261e", scrapped: "#3b474d", shipped: "#0b6074", consumed: "#5f7078", rework: "#9a5b00", ok: "#1d7440" },
  font: FONT,
};

export const DARK: GraphTheme = {
  dark: true,
  background: "#10191d", card: "#1a262c", cardShade: "rgba(0,0,0,0.35)", border: "#34444c",
  text: "#e8eff2", muted: "#a9b9c1", faint: "#6f8089", accent: "#3aa5bb", onAccent: "#06171b",
  edge: "#4f626b", edgeFaint: "#28363d", up: "#4cc3d9", down: "#f0a04f", path: "#ff8a7f", match: "#c78a1f",
  possible: "#f0c268", possibleFill: "#3a2f14", warning: "#ef6a5f",
  kinds: { unit: "#7fb0ff", lot: "#5fc98b", carrier: "#e8b058", asset: "#bda2ff", product: "#a3b3bb" },
  states: { held: "#ef6a5f", scrapped: "#a9b9c1", shipped: "#3aa5bb", consumed: "#8a9ba3", rework: "#e8b058", ok: "#5fc98b" },
  font: FONT,
};

/** Words the drawing itself carries, in the reader's language. */
export interface GraphTexts {
  readonly kindLetters: Readonly<Record<ItemKind, string>>;
  readonly kindNames: Readonly<Record<ItemKind, string>>;
  readonly possible: string;
  readonly excluded: string;
  readonly start: string;
  /** `{count} more` on the handle of an opened fold. */
  readonly showMore: (hidden: number) => string;
  readonly close: (total: number) => string;
}

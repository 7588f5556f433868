import { f32, item, u32, u8 } from "./access";
import { drawGapSign, drawKindShape, drawStateSign } from "./glyphs";
import { type Layout, NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import { type Look, MARK } from "./look";
import type { GenealogyNode } from "./model";
import { isHandle } from "./folding";
import { leadOf, type Scene, verdictCounts } from "./scene";
import type { Surface } from "./surface";
import type { GraphTexts, GraphTheme } from "./theme";

/** Everything a card needs to be drawn. */
export interface Drawing {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly look: Look;
  readonly theme: GraphTheme;
  readonly texts: GraphTexts;
}

/** `full` has two lines; a number is the size of the one large line that cards have at small scales. */
export type CardDetail = "full" | number;

const RADIUS = 9;
const TEXT_LEFT = 40;
/** Smallest type of the large line. */
const LEAST = 14;

export function drawCard(to: Surface, drawing: Drawing, node: number, detail: CardDetail): void {
  const { scene, layout, look } = drawing;
  const x = f32(layout.x, node);
  const y = f32(layout.y, node);
  const scenic = item(scene.nodes, node);
  if (scenic.fold?.state === "rest") {
    drawHandle(to, drawing, node, x, y);
    return;
  }
  const lead = leadOf(scene, node);
  const dim = look.traced && u8(look.nodes, node) === 0;
  drawPaper(to, drawing, node, lead, x, y, dim);
  drawBody(to, drawing, node, lead, x, y, detail, dim);
  if (!dim) drawSigns(to, drawing, node, lead, x, y);
  drawHidden(to, drawing, node, x, y);
}

function drawPaper(to: Surface, { scene, look, theme }: Drawing, node: number, lead: GenealogyNode, x: number, y: number, dim: boolean): void {
  const opacity = dim ? 0.45 : 1;
  const kind = theme.kinds[lead.kind];
  const folded = item(scene.nodes, node).fold !== null;
  const excluded = lead.verdict === "excluded";
  if (folded) {
    for (const offset of [8, 4]) {
      to.rect(x + offset, y + offset, NODE_WIDTH, NODE_HEIGHT, RADIUS, { fill: theme.card, stroke: excluded ? theme.faint : kind, width: 1, opacity: opacity * 0.6 });
    }
  } else if (!excluded && !dim) to.rect(x, y + 2, NODE_WIDTH, NODE_HEIGHT, RADIUS, { fill: theme.cardShade });
  const matched = (u8(look.nodes, node) & MARK.match) > 0;
  if (matched || look.current === node) {
    to.rect(x - 4, y - 4, NODE_WIDTH + 8, NODE_HEIGHT + 8, RADIUS + 4, {
      fill: theme.match, opacity: look.current === node ? 0.95 : 0.45,
    });
  }
  const start = lead.role === "start" && !folded;
  const fill = start ? theme.accent : excluded ? theme.background : theme.card;
  const border = excluded ? theme.faint : lead.verdict === "possible" ? theme.possible : dim ? theme.border : kind;
  to.rect(x, y, NODE_WIDTH, NODE_HEIGHT, RADIUS, {
    fill, stroke: start ? theme.accent : border, width: lead.verdict === "possible" ? 1.5 : 1.2,
    dash: lead.verdict === "possible" ? [6, 4] : excluded ? [2, 3] : undefined, opacity,
  });
  if (look.selected === node) {
    to.rect(x - 4, y - 4, NODE_WIDTH + 8, NODE_HEIGHT + 8, RADIUS + 4, { stroke: theme.accent, width: 2.6 });
  }
}

function drawBody(to: Surface, drawing: Drawing, node: number, lead: GenealogyNode, x: number, y: number, detail: CardDetail, dim: boolean): void {
  const { scene, theme, texts } = drawing;
  const { fold } = item(scene.nodes, node);
  const opacity = dim ? 0.5 : 1;
  const excluded = lead.verdict === "excluded";
  const start = lead.role === "start" && !fold;
  const kind = start ? theme.onAccent : excluded ? theme.faint : theme.kinds[lead.kind];
  const middle = y + NODE_HEIGHT / 2;
  drawKindShape(to, lead.kind, x + 22, middle, 13, excluded ? { stroke: kind, width: 1.4, opacity } : { fill: kind, opacity });
  const letter = start ? theme.accent : excluded ? theme.faint : theme.dark ? theme.card : "#ffffff";
  to.text(x + 22, middle, texts.kindLetters[lead.kind], { fill: letter, size: 12, weight: 700, anchor: "middle", opacity });
  const main = start ? theme.onAccent : excluded ? theme.muted : theme.text;
  const label = fold ? lead.family || texts.kindNames[lead.kind] : lead.label;
  const room = NODE_WIDTH - TEXT_LEFT - 10;
  if (fold) {
    const count = `×${fold.total}`;
    to.text(x + NODE_WIDTH - 10, middle, count, { fill: kind, size: detail === "full" ? 15 : Math.min(detail, 18), weight: 700, anchor: "end", opacity });
    const textRoom = room - 10 - count.length * (detail === "full" ? 9 : Math.min(detail, 18) * 0.62);
    if (detail === "full") {
      to.text(x + TEXT_LEFT, y + 17, label, { fill: main, size: 12.5, weight: 600, maxWidth: textRoom, opacity });
      if (excluded && lead.reason) to.text(x + TEXT_LEFT, y + 33.5, lead.reason, { fill: theme.muted, size: 11, maxWidth: textRoom, opacity });
      else drawShares(to, drawing, node, lead, x + TEXT_LEFT, y + 31, textRoom, opacity);
    } else to.text(x + TEXT_LEFT, middle, label, { fill: main, size: detail, least: LEAST, weight: 600, maxWidth: textRoom, opacity });
    return;
  }
  if (detail !== "full") {
    to.text(x + TEXT_LEFT, middle, lead.label, { fill: main, size: detail, least: LEAST, weight: 600, maxWidth: room, cut: "middle", strike: excluded, opacity });
    return;
  }
  const pill = lead.verdict === "possible" ? texts.possible : start ? texts.start : "";
  const pillWidth = pill ? pill.length * (pill.charCodeAt(0) > 255 ? 11 : 6.2) + 12 : 0;
  to.text(x + TEXT_LEFT, y + 17, lead.label, { fill: main, size: 13, least: 11, weight: 600, maxWidth: room, cut: "middle", strike: excluded, opacity });
  const second = excluded ? (lead.reason ?? texts.excluded) : lead.detail;
  to.text(x + TEXT_LEFT, y + 33.5, second, {
    fill: start ? theme.onAccent : theme.muted, size: 11, maxWidth: room - (pill ? pillWidth + 4 : 0), opacity: start ? 0.9 : opacity,
  });
  if (pill) drawPill(to, drawing, lead, pill, x + NODE_WIDTH - 8 - pillWidth, y + 26, pillWidth, opacity);
}

function drawPill(to: Surface, { theme }: Drawing, lead: GenealogyNode, text: string, x: number, y: number, width: number, opacity: number): void {
  const possible = lead.verdict === "possible";
  const colour = possible ? theme.possible : theme.onAccent;
  to.rect(x, y, width, 15, 7.5, possible ? { fill: theme.possibleFill, opacity } : { stroke: colour, width: 1, opacity });
  to.text(x + width / 2, y + 7.5, text, { fill: colour, size: 10, weight: 600, anchor: "middle", opacity });
}

/** How many members of a fold are certain, possible and excluded, as one bar. */
function drawShares(to: Surface, { scene, theme }: Drawing, node: number, lead: GenealogyNode, x: number, y: number, width: number, opacity: number): void {
  const counts = verdictCounts(scene, node);
  const total = counts.certain + counts.possible + counts.excluded;
  if (!total) return;
  let left = x;
  const share = (count: number, fill: string, stroke?: string): void => {
    const length = (width * count) / total;
    if (length > 0) to.rect(left, y, Math.max(2, length - 1), 5, 2, { fill, stroke, width: 1, opacity });
    left += length;
  };
  share(counts.certain, theme.kinds[lead.kind]);
  share(counts.possible, theme.possibleFill, theme.possible);
  share(counts.excluded, theme.edgeFaint, theme.faint);
}

function drawSigns(to: Surface, { theme }: Drawing, _node: number, lead: GenealogyNode, x: number, y: number): void {
  let right = x + NODE_WIDTH - 10;
  // being used up is what happens to every input: a sign for it would only be noise
  if (lead.state && lead.state !== "consumed") {
    drawStateSign(to, lead.state, right, y, theme.states[lead.state], theme.card);
    right -= 20;
  }
  if (lead.gap) drawGapSign(to, right, y - 1, theme.warning, theme.card);
}

/** Chips at the sides: so many neighbours are not drawn yet. */
function drawHidden(to: Surface, { scene, theme }: Drawing, node: number, x: number, y: number): void {
  const chip = (count: number, centre: number): void => {
    if (!count) return;
    const text = count > 999 ? "+999" : `+${count}`;
    const width = 12 + text.length * 6;
    to.rect(centre - width / 2, y + NODE_HEIGHT / 2 - 8, width, 16, 8, { fill: theme.card, stroke: theme.muted, width: 1 });
    to.text(centre, y + NODE_HEIGHT / 2, text, { fill: theme.muted, size: 10, weight: 600, anchor: "middle" });
  };
  chip(u32(scene.hiddenIn, node), x - 4);
  chip(u32(scene.hiddenOut, node), x + NODE_WIDTH + (item(scene.nodes, node).fold ? 18 : 4));
}

/** The handle of an opened fold: more members on the left, close on the right. */
function drawHandle(to: Surface, { scene, theme, texts }: Drawing, node: number, x: number, y: number): void {
  const scenic = item(scene.nodes, node);
  const kind = theme.kinds[leadOf(scene, node).kind];
  const top = y + 9;
  const height = NODE_HEIGHT - 18;
  to.rect(x, top, NODE_WIDTH, height, height / 2, { fill: theme.card, stroke: kind, width: 1.2, dash: [3, 3] });
  const closeOnly = isHandle(scenic);
  const middle = y + NODE_HEIGHT / 2;
  if (!closeOnly) {
    to.text(x + 16, middle, texts.showMore(scenic.members.length), { fill: kind, size: 12, weight: 600, maxWidth: NODE_WIDTH * 0.55 });
  }
  to.text(closeOnly ? x + NODE_WIDTH / 2 : x + NODE_WIDTH - 16, middle, texts.close(scenic.fold?.total ?? 0), {
    fill: theme.muted, size: 12, anchor: closeOnly ? "middle" : "end", maxWidth: NODE_WIDTH * 0.45,
  });
}

export type CardPart = "card" | "hiddenIn" | "hiddenOut" | "more" | "close";

/** What of a card lies under a point given relative to its top left corner. */
export function partAt(scene: Scene, node: number, dx: number): CardPart {
  const scenic = item(scene.nodes, node);
  if (scenic.fold?.state === "rest") return isHandle(scenic) || dx > NODE_WIDTH * 0.6 ? "close" : "more";
  if (dx < 10 && u32(scene.hiddenIn, node)) return "hiddenIn";
  if (dx > NODE_WIDTH - 10 && u32(scene.hiddenOut, node)) return "hiddenOut";
  return "card";
}

import type { TraceAnswer, TraceDirection, TraceItem } from "../api/contract";
import { Genealogy, type GenealogyEdge, type GenealogyNode, type NodeState, type Verdict, VERDICTS } from "../graph/model";
import { kindOf } from "../graph/KindGlyph";

/** What the drawing needs to know of the language. */
export interface Wording {
  readonly product: (item: TraceItem) => string;
  readonly place: (item: TraceItem) => string;
  /** Why an item is excluded or only possible; empty for certain ones. */
  readonly because: (item: TraceItem) => string;
}

const SIGNS: readonly (readonly [RegExp, NodeState])[] = [
  [/destroyed|disposed|damaged|scrap/u, "scrapped"],
  [/hold|held|quarantin|recalled|blocked|non_conformant|stolen|expired|non_sellable|mismatch/u, "held"],
  [/rework|needs_replacement/u, "rework"],
  [/transit|shipped|sold|dispensed/u, "shipped"],
];

/** The sign an item wears: what its disposition says comes before what its state says. */
export function stateOf(state: string | null, disposition: string | null): NodeState | null {
  for (const [words, sign] of SIGNS) if (words.test(disposition ?? "") || words.test(state ?? "")) return sign;
  return state === "consumed" ? "consumed" : null;
}

/** An item of one or both answers: the surer verdict and the earlier time count. */
export interface ScopeItem extends TraceItem {
  /** In which answers it is listed. */
  readonly directions: readonly TraceDirection[];
}

const surer = (a: Verdict, b: Verdict): Verdict => (VERDICTS.indexOf(a) <= VERDICTS.indexOf(b) ? a : b);

export const directionOf = (answer: TraceAnswer): TraceDirection => (answer.question.direction === "back" ? "back" : "forward");

/** The items of the answers, each once, the starts first. */
export function scopeItems(answers: readonly TraceAnswer[]): ScopeItem[] {
  const found = new Map<number, ScopeItem>();
  for (const answer of answers) {
    const direction = directionOf(answer);
    for (const item of answer.items) {
      const known = found.get(item.id);
      if (!known) found.set(item.id, { ...item, directions: [direction] });
      else {
        const start = known.role === "start" || item.role === "start";
        found.set(item.id, {
          ...known, role: start ? "start" : known.role, verdict: surer(known.verdict, item.verdict), directions: [...known.directions, direction],
        });
      }
    }
  }
  return [...found.values()];
}

const millis = (time: string | null): number | null => (time === null ? null : Date.parse(time));

/** Items fold together when they are of one product and have fared alike; excluded ones when they are so for one reason. */
const likeness = (item: ScopeItem): string =>
  item.verdict === "excluded" ? `${item.product ?? ""}|${item.reason ?? ""}` : `${item.product ?? item.role}|${item.state ?? ""}|${item.disposition ?? ""}`;

function nodeOf(item: ScopeItem, since: number | null, gaps: ReadonlySet<number>, wording: Wording): GenealogyNode {
  const product = wording.product(item);
  const place = wording.place(item);
  return {
    id: String(item.id), label: item.label, detail: [product, place].filter(Boolean).join(" · "), family: product, kind: kindOf(item.kind), verdict: item.verdict, role: item.role,
    state: stateOf(item.state, item.disposition), alike: likeness(item), since, via: item.via_item === null ? null : String(item.via_item),
    reason: wording.because(item) || null, gap: gaps.has(item.id),
  };
}

interface Link {
  readonly from: number;
  readonly to: number;
  readonly event: number | null;
  readonly time: number | null;
  readonly verdict: Verdict;
}

/**
 * Being inside something is listed from both sides: the contents reach the container, the container its contents. One
 * link tells it: into the carrier; between two products the way in which the trace itself went.
 */
function withoutMirrors(links: readonly Link[], items: readonly ScopeItem[], hops: ReadonlySet<string>): Link[] {
  const pairs = new Set(links.map(({ from, to }) => `${from}>${to}`));
  const holds = new Map(items.map((item) => [item.id, item.kind === "carrier" || item.kind === "asset"]));
  return links.filter(({ from, to }) => {
    if (!pairs.has(`${to}>${from}`)) return true;
    if (holds.get(from) !== holds.get(to)) return holds.get(to) === true;
    if (hops.has(`${from}>${to}`) !== hops.has(`${to}>${from}`)) return hops.has(`${from}>${to}`);
    return from < to;
  });
}

/** The steps the traces took, in causal direction; of opposite ones what went into something comes before what it touches. */
function hopsOf(answers: readonly TraceAnswer[]): Set<string> {
  const hops = new Set<string>();
  for (const answer of [...answers].sort((a, b) => directionOf(a).localeCompare(directionOf(b)))) {
    for (const { id, via_item: via } of answer.items) {
      if (via === null) continue;
      const [from, to] = directionOf(answer) === "back" ? [id, via] : [via, id];
      if (!hops.has(`${to}>${from}`)) hops.add(`${from}>${to}`);
    }
  }
  return hops;
}

/** When an item first shows: its own time in the scope, else that of its first link; the start is always there. */
function timesOf(links: readonly Link[], items: readonly ScopeItem[]): Map<number, number> {
  const first = new Map<number, number>();
  for (const { from, to, time } of links) {
    if (time === null) continue;
    for (const end of [from, to]) first.set(end, Math.min(time, first.get(end) ?? Infinity));
  }
  for (const item of items) {
    const own = millis(item.since);
    if (own !== null) first.set(item.id, own);
    if (item.role === "start") first.delete(item.id);
  }
  return first;
}

/** The graph of the answers. An item without an edge is hung where the answer says it was reached from. */
export function genealogyOf(answers: readonly TraceAnswer[], wording: Wording): Genealogy {
  const items = scopeItems(answers);
  const gaps = new Set(answers.flatMap((answer) => answer.gaps.flatMap((gap) => (gap.item_id === null ? [] : [gap.item_id]))));
  const verdicts = new Map(items.map((item) => [item.id, item.verdict]));
  const links: Link[] = [];
  for (const answer of answers) {
    const events = new Map(answer.events.map((event) => [event.number, event]));
    const linked = new Set<number>();
    for (const { source, target, event } of answer.edges) {
      const fact = event === null ? undefined : events.get(event);
      const weakest = [verdicts.get(source), verdicts.get(target), fact?.verdict].reduce<Verdict>(
        (worst, verdict) => (verdict && VERDICTS.indexOf(verdict) > VERDICTS.indexOf(worst) ? verdict : worst), "certain");
      links.push({ from: source, to: target, time: millis(fact?.time ?? null), verdict: weakest, event });
      linked.add(source).add(target);
    }
    for (const item of answer.items) {
      if (item.via_item === null || linked.has(item.id)) continue;
      const [from, to] = directionOf(answer) === "back" ? [item.id, item.via_item] : [item.via_item, item.id];
      links.push({ from, to, time: millis(item.since), verdict: item.verdict, event: item.via_event });
    }
  }
  const told = withoutMirrors(links, items, hopsOf(answers));
  const times = timesOf(told, items);
  const edges = told.map((link): GenealogyEdge => ({ ...link, from: String(link.from), to: String(link.to) }));
  return new Genealogy(items.map((item) => nodeOf(item, times.get(item.id) ?? null, gaps, wording)), edges);
}

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

function nodeOf(item: ScopeItem, gaps: ReadonlySet<number>, wording: Wording): GenealogyNode {
  const product = wording.product(item);
  const place = wording.place(item);
  return {
    id: String(item.id), label: item.label, detail: [product, place].filter(Boolean).join(" · "), family: product, kind: kindOf(item.kind), verdict: item.verdict, role: item.role,
    state: stateOf(item.state, item.disposition), alike: `${item.product ?? item.role}|${item.state ?? ""}|${item.disposition ?? ""}`, since: millis(item.since), via: item.via_item === null ? null : String(item.via_item),
    reason: wording.because(item) || null, gap: gaps.has(item.id),
  };
}

/** The graph of the answers. An item without an edge is hung where the answer says it was reached from. */
export function genealogyOf(answers: readonly TraceAnswer[], wording: Wording): Genealogy {
  const items = scopeItems(answers);
  const gaps = new Set(answers.flatMap((answer) => answer.gaps.flatMap((gap) => (gap.item_id === null ? [] : [gap.item_id]))));
  const verdicts = new Map(items.map((item) => [item.id, item.verdict]));
  const edges: GenealogyEdge[] = [];
  for (const answer of answers) {
    const events = new Map(answer.events.map((event) => [event.number, event]));
    const linked = new Set<number>();
    for (const { source, target, event } of answer.edges) {
      const fact = event === null ? undefined : events.get(event);
      const weakest = [verdicts.get(source), verdicts.get(target), fact?.verdict].reduce<Verdict>(
        (worst, verdict) => (verdict && VERDICTS.indexOf(verdict) > VERDICTS.indexOf(worst) ? verdict : worst), "certain");
      edges.push({ from: String(source), to: String(target), time: millis(fact?.time ?? null), verdict: weakest, event });
      linked.add(source).add(target);
    }
    for (const item of answer.items) {
      if (item.via_item === null || linked.has(item.id)) continue;
      const [from, to] = directionOf(answer) === "back" ? [item.id, item.via_item] : [item.via_item, item.id];
      edges.push({ from: String(from), to: String(to), time: millis(item.since), verdict: item.verdict, event: item.via_event });
    }
  }
  return new Genealogy(items.map((item) => nodeOf(item, gaps, wording)), edges);
}

import { item } from "../access";
import { Genealogy, type GenealogyEdge, type GenealogyNode, type ItemKind, type Verdict } from "../model";

interface Stage {
  readonly name: string;
  readonly kind: ItemKind;
  readonly share: number;
}

/** A factory in outline: few raw lots, many serials, then boxes, pallets and shipments. */
const STAGES: readonly Stage[] = [
  { name: "Reel", kind: "lot", share: 0.06 },
  { name: "Panel", kind: "unit", share: 0.16 },
  { name: "Board", kind: "unit", share: 0.26 },
  { name: "Gateway", kind: "unit", share: 0.36 },
  { name: "Box", kind: "carrier", share: 0.12 },
  { name: "Pallet", kind: "carrier", share: 0.03 },
  { name: "Shipment", kind: "asset", share: 0.01 },
];

/** A small linear congruential generator: the same seed gives the same factory everywhere. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const verdictOf = (dice: number): Verdict => (dice < 0.7 ? "certain" : dice < 0.94 ? "possible" : "excluded");

/** A genealogy of about `count` items, deterministic in `seed`; start is the first raw lot. */
export function sampleGenealogy(count: number, seed = 7): Genealogy {
  const rnd = random(seed);
  const nodes: GenealogyNode[] = [];
  const edges: GenealogyEdge[] = [];
  const starts: number[] = [];
  const day = 86_400_000;
  const epoch = Date.UTC(2026, 9, 1);
  STAGES.forEach((stage, s) => {
    starts.push(nodes.length);
    const size = Math.max(1, Math.round(count * stage.share));
    for (let i = 0; i < size; i++) {
      const first = nodes.length === 0;
      nodes.push({
        id: `${stage.name}-${i}`, label: `${stage.name} ${26_110_000 + i}`, detail: `${stage.name} line ${1 + (i % 4)}`, family: stage.name,
        kind: stage.kind, verdict: first ? "certain" : verdictOf(rnd()), role: first ? "start" : "product",
        state: rnd() < 0.03 ? "held" : rnd() < 0.02 ? "scrapped" : null, alike: stage.name,
        since: epoch + s * 4 * day + (i / size) * 3 * day, via: null, reason: null, gap: rnd() < 0.004,
      });
    }
  });
  starts.push(nodes.length);
  const link = (from: number, to: number): void => {
    const target = item(nodes, to);
    edges.push({ from: item(nodes, from).id, to: target.id, time: target.since, verdict: target.verdict, event: edges.length + 1 });
  };
  for (let s = 1; s < STAGES.length; s++) {
    const a0 = item(starts, s - 1);
    const b0 = item(starts, s);
    const sources = b0 - a0;
    const targets = item(starts, s + 1) - b0;
    if (s <= 3) {
      for (let i = 0; i < targets; i++) {
        const near = Math.floor((i / targets) * sources);
        const inputs = 1 + Math.floor(rnd() * 2);
        for (let d = 0; d < inputs; d++) {
          link(a0 + Math.min(sources - 1, Math.max(0, near + Math.floor((rnd() - 0.5) * 6))), b0 + i);
        }
      }
    } else for (let i = 0; i < sources; i++) link(a0 + i, b0 + Math.floor((i / sources) * targets));
  }
  return new Genealogy(nodes, edges);
}

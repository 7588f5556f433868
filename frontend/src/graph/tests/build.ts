import { Genealogy, type GenealogyNode, type Verdict } from "../model";

/** A node with everything ordinary but what is said. */
export function node(id: string, part: Partial<GenealogyNode> = {}): GenealogyNode {
  return {
    id, label: id, detail: "", family: "", kind: "unit", verdict: "certain", role: "product", state: null, alike: "", since: null, via: null, reason: null,
    gap: false, ...part,
  };
}

/** A genealogy from `a>b` pairs; nodes are made where they are not given. */
export function genealogy(pairs: readonly string[], given: readonly GenealogyNode[] = [], verdict: Verdict = "certain"): Genealogy {
  const known = new Map(given.map((each) => [each.id, each]));
  const edges = pairs.map((pair) => {
    const [from = "", to = ""] = pair.split(">");
    for (const id of [from, to]) if (!known.has(id)) known.set(id, node(id));
    return { from, to, time: null, verdict, event: null };
  });
  return new Genealogy([...known.values()], edges);
}

import type { Genealogy } from "./model";

/** Full-text lookup over labels, ids and details, case-insensitive, all words must occur. */
export class GraphSearch {
  private readonly texts: readonly string[];

  constructor(graph: Genealogy) {
    this.texts = graph.nodes.map((node) => `${node.label}\n${node.id}\n${node.detail}`.toLowerCase());
  }

  /** Indices of the matching nodes: exact labels first, then labels that begin so, then the rest. */
  find(query: string, limit = 500): number[] {
    const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
    const first = words[0];
    if (first === undefined) return [];
    const ranked: [number[], number[], number[]] = [[], [], []];
    this.texts.forEach((text, i) => {
      if (!words.every((word) => text.includes(word))) return;
      const label = text.slice(0, text.indexOf("\n"));
      ranked[label === query.trim().toLowerCase() ? 0 : label.startsWith(first) ? 1 : 2].push(i);
    });
    return ranked.flat().slice(0, limit);
  }
}

/** A list of hits with a current one; next and previous wrap around. */
export interface Hits {
  readonly nodes: readonly number[];
  readonly at: number;
}

export const NO_HITS: Hits = { nodes: [], at: -1 };

export const hitsOf = (nodes: readonly number[]): Hits => ({ nodes, at: nodes.length ? 0 : -1 });

export function step(hits: Hits, by: 1 | -1): Hits {
  const count = hits.nodes.length;
  return count ? { nodes: hits.nodes, at: (hits.at + by + count) % count } : hits;
}

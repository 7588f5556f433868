/** A check that stopped something which may be let pass: its node, and each event or row that it stopped. */
export interface Stopped {
  readonly key: string;
  readonly node: string;
  readonly check: string;
  readonly items: readonly { readonly id: string; readonly label: string; readonly text: string }[];
}

/** What is let pass of a check: these items, or (null) all. */
export interface Choice {
  readonly key: string;
  readonly node: string;
  readonly check: string;
  readonly items: readonly string[] | null;
}

export interface Finding {
  readonly node: string;
  readonly check: string;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** The findings gathered by check, in the order in which the checks first appear; an item counts once. */
export function byCheck(findings: readonly Finding[]): Stopped[] {
  const found = new Map<string, { node: string; check: string; items: Map<string, Finding> }>();
  for (const each of findings) {
    const key = `${each.node} ${each.check}`;
    const known = found.get(key) ?? { node: each.node, check: each.check, items: new Map<string, Finding>() };
    if (!known.items.has(each.id)) known.items.set(each.id, each);
    found.set(key, known);
  }
  return [...found].map(([key, { node, check, items }]) => ({ key, node, check, items: [...items.values()].map(({ id, label, text }) => ({ id, label, text })) }));
}

/** The choices after one more press: on an item, or (null) on all of a check. */
export function toggled(choices: readonly Choice[], { key, node, check }: Stopped, item: string | null): Choice[] {
  const before = choices.find((each) => each.key === key);
  const others = choices.filter((each) => each.key !== key);
  if (item === null) return before?.items === null ? others : [...others, { key, node, check, items: null }];
  const chosen = before?.items ?? [];
  const items = chosen.includes(item) ? chosen.filter((each) => each !== item) : [...chosen, item];
  return items.length === 0 ? others : [...others, { key, node, check, items }];
}

/** The choices that let anything pass. */
export const choicesOf = (choices: readonly Choice[]): readonly Choice[] => choices.filter(({ items }) => items === null || items.length > 0);

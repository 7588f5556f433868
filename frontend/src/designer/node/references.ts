import type { Meaning, NodeBody } from "./model";

const kept = <Value,>(record: Record<string, Value>, keep: (key: string, value: Value) => boolean): Record<string, Value> => Object.fromEntries(Object.entries(record).filter(([key, value]) => keep(key, value)));

/** Whether an id names what went: the field itself, or a column of a sub-table that went. */
const names = (id: string, gone: string): boolean => id === gone || id.startsWith(`${gone}.`);

function forgets(meaning: Meaning, gone: string): Meaning {
  const other = (id: string) => !names(id, gone);
  const one = (id: string | null) => (id !== null && names(id, gone) ? null : id);
  const parts = (list: Meaning["inputs"]) => list.filter(({ field }) => other(field)).map((part) => ({ ...part, quantity: one(part.quantity) }));
  return {
    ...meaning,
    subjects: meaning.subjects.filter(other),
    children: meaning.children.filter(other),
    parent: one(meaning.parent),
    inputs: parts(meaning.inputs),
    outputs: parts(meaning.outputs),
    quantity: kept(meaning.quantity, (item, number) => other(item) && other(number)),
    parameters: meaning.parameters.filter(({ field }) => other(field)),
    source: one(meaning.source),
    destination: one(meaning.destination),
    order: one(meaning.order),
    process: one(meaning.process),
    ilmd: kept(meaning.ilmd, (_, field) => other(field)),
  };
}

/** A node after a field, or (`table.column`) a column went: what meant it means it no more; checks of it go with it. Rules that read it are told as problems. */
export function withoutField(node: NodeBody, gone: string): NodeBody {
  return {
    ...node,
    place: node.place.from === "field" && node.place.field === gone ? { from: "station" } : node.place,
    meaning: node.meaning.map((meaning) => forgets(meaning, gone)),
    checks: node.checks.filter(({ field, rows }) => rows !== gone && (field === null || !names(field, gone))),
  };
}

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "../api/client";
import type { Json } from "../api/contract";
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type DefinitionRow = Schemas["DefinitionRow"];
export type Definition = Schemas["Definition"];
export type DefinitionProblem = Schemas["DesignProblem"];
export type VersionRow = Schemas["VersionRow"];
export type Change = Omit<Schemas["Change"], "before" | "after" | "how"> & { how: "added" | "removed" | "changed" | "moved"; before?: Json; after?: Json };

const DEFINITION = "/api/v1/definitions/{definition_kind}/{key}";

export interface Titles {
  title_zh: string;
  title_en: string;
}

const addressed = (kind: string, key: string) => ({ params: { path: { definition_kind: kind, key } } });

/** Of one definition: itself, its versions, its comparisons. Lists of definitions are under `["definitions"]`. */
const keyOf = (kind: string, key: string | undefined, ...more: readonly (string | number)[]) => ["definition", kind, key, ...more];

/** A definition as the server has it. */
export function useDefinition(kind: string, key: string | undefined) {
  return useQuery({
    queryKey: keyOf(kind, key),
    queryFn: ({ signal }) => unwrap(client.GET(DEFINITION, { ...addressed(kind, key ?? ""), signal })),
    enabled: key !== undefined,
    // somebody's work is on the screen: it is not replaced behind their back
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
}

export function useVersions(kind: string, key: string, open: boolean) {
  return useQuery({
    queryKey: keyOf(kind, key, "versions"),
    queryFn: ({ signal }) => unwrap(client.GET(`${DEFINITION}/versions`, { ...addressed(kind, key), signal })),
    enabled: open,
  });
}

export function useChanges(kind: string, key: string, from: string, to: string, open: boolean, revision: number) {
  return useQuery({
    queryKey: keyOf(kind, key, "diff", from, to, revision),
    queryFn: ({ signal }) =>
      unwrap(client.GET(`${DEFINITION}/diff`, { params: { path: { definition_kind: kind, key }, query: { from, to } }, signal })),
    enabled: open,
  });
}

/** What else shows definitions of a kind, by query key; `["definitions"]` does for every kind. */
const SHOWN_IN: Readonly<Record<string, readonly (readonly string[])[]>> = {
  label: [["labels", "list"]],
  code_rule: [["codes-left"]],
};

/**
 * Have every list that a change of a definition concerns asked for again. The definition itself stays as it is on the
 * screen: somebody may be working on it, and saving tells them.
 */
export async function forgetLists(cache: QueryClient, kind: string, key: string): Promise<void> {
  const lists = [["definitions"], keyOf(kind, key, "versions"), keyOf(kind, key, "diff"), ...(SHOWN_IN[kind] ?? [])];
  await Promise.all([...lists, ["labels", key, "fields"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
}

export interface Draft extends Titles {
  body: Record<string, unknown>;
  revision: number | null;
}

/** What a designer does with a definition. Whoever succeeds has the new state in the cache. */
export function useDefinitionActions(kind: string, key: string) {
  const cache = useQueryClient();
  const address = addressed(kind, key);
  const fresh = async () => {
    await Promise.all([cache.invalidateQueries({ queryKey: keyOf(kind, key) }), forgetLists(cache, kind, key)]);
  };
  const keep = async (definition: Definition) => {
    cache.setQueryData(keyOf(kind, key), definition);
    await forgetLists(cache, kind, key);
  };
  return {
    save: useMutation({
      mutationFn: ({ body, ...draft }: Draft) => unwrap(client.PUT(DEFINITION, { ...address, body: { ...draft, body } })),
      onSuccess: keep,
    }),
    revert: useMutation({
      mutationFn: (chosen: { revision: number; version: number }) => unwrap(client.POST(`${DEFINITION}/revert`, { ...address, body: chosen })),
      onSuccess: keep,
    }),
    publish: useMutation({
      mutationFn: (noted: { revision: number; note: string }) => unwrap(client.POST(`${DEFINITION}/publish`, { ...address, body: noted })),
      onSuccess: fresh,
    }),
    retire: useMutation({
      mutationFn: (noted: { revision: number; note: string }) => unwrap(client.POST(`${DEFINITION}/retire`, { ...address, body: noted })),
      onSuccess: fresh,
    }),
    restore: useMutation({
      mutationFn: (seen: { revision: number }) => unwrap(client.POST(`${DEFINITION}/restore`, { ...address, body: seen })),
      onSuccess: fresh,
    }),
    discard: useMutation({
      mutationFn: (seen: { revision: number }) => unwrap(client.POST(`${DEFINITION}/discard`, { ...address, body: seen })),
      onSuccess: fresh,
    }),
  };
}

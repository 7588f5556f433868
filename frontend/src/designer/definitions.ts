import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

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

/** A definition as the server has it; null for a key that is still free. */
export function useDefinition(kind: string, key: string | undefined) {
  return useQuery({
    queryKey: ["definitions", kind, key],
    queryFn: ({ signal }) => unwrap(client.GET(DEFINITION, { ...addressed(kind, key ?? ""), signal })),
    enabled: key !== undefined,
    // somebody's work is on the screen: it is not replaced behind their back
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
}

export function useVersions(kind: string, key: string, open: boolean) {
  return useQuery({
    queryKey: ["definitions", kind, key, "versions"],
    queryFn: ({ signal }) => unwrap(client.GET(`${DEFINITION}/versions`, { ...addressed(kind, key), signal })),
    enabled: open,
  });
}

export function useChanges(kind: string, key: string, from: string, to: string, open: boolean, revision: number) {
  return useQuery({
    queryKey: ["definitions", kind, key, "diff", from, to, revision],
    queryFn: ({ signal }) =>
      unwrap(client.GET(`${DEFINITION}/diff`, { params: { path: { definition_kind: kind, key }, query: { from, to } }, signal })),
    enabled: open,
  });
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
    await cache.invalidateQueries({ queryKey: ["definitions"] });
  };
  const keep = async (definition: Definition) => {
    cache.setQueryData(["definitions", kind, key], definition);
    await cache.invalidateQueries({ queryKey: ["definitions"], predicate: ({ queryKey }) => queryKey.length !== 3 });
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

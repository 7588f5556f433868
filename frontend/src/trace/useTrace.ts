import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";

import { client, unwrap } from "../api/client";
import type { DecodedCode, ItemDetail, ItemRow, Suggestion, TraceAnswer, TraceQuery } from "../api/contract";
import { nearSearches } from "./codes";
import type { TraceOptions } from "./deskState";

export const useDecoded = (code: string | null): UseQueryResult<DecodedCode> =>
  useQuery({
    queryKey: ["decode", code],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/codes/decode", { params: { query: { code: code ?? "" } }, signal })),
    enabled: code !== null,
    retry: false,
  });

/** What a refused code may have been meant to be, those on record first. */
export const useSuggestions = (code: string): UseQueryResult<Suggestion[]> =>
  useQuery({
    queryKey: ["suggestions", code],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/codes/suggestions", { params: { query: { code } }, signal }))).rows,
    retry: false,
  });

/** Items whose label is exactly this text: what people read off a label need not be a code by any standard. */
export const useLabelled = (label: string | null): UseQueryResult<ItemRow[]> =>
  useQuery({
    queryKey: ["items", "labelled", label],
    queryFn: async ({ signal }) => {
      const found = await items({ search: label ?? "", limit: 20 }, signal);
      return found.filter((item) => item.label.toLowerCase() === label?.toLowerCase());
    },
    enabled: label !== null,
  });

export const useItem = (id: number | null): UseQueryResult<ItemDetail> =>
  useQuery({
    queryKey: ["item", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/items/{item_id}", { params: { path: { item_id: id ?? 0 } }, signal })),
    enabled: id !== null,
  });

/** An item's life, newest first, page by page. */
export function useTimeline(id: number) {
  return useInfiniteQuery({
    queryKey: ["timeline", id],
    queryFn: ({ pageParam, signal }) =>
      unwrap(client.GET("/api/v1/items/{item_id}/timeline", { params: { path: { item_id: id }, query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** What the viewer still draws with ease. */
const MOST_ITEMS = 50_000;

function traceQuery(code: string, options: TraceOptions): TraceQuery {
  return {
    code,
    ...(options.asOf ? { as_of: options.asOf } : {}),
    ...(options.from ? { from: options.from } : {}),
    ...(options.depth === null ? {} : { depth: options.depth }),
    ...(options.siblings ? { siblings: true } : {}),
    ...(options.closure ? { closure: true } : {}),
  };
}

export const useAnswer = (direction: "back" | "forward", code: string, options: TraceOptions, wanted: boolean): UseQueryResult<TraceAnswer> =>
  useQuery({
    queryKey: ["trace", direction, code, options],
    queryFn: async ({ signal }) => {
      const answer = await unwrap(client.GET("/api/v1/trace/{direction}", { params: { path: { direction }, query: { ...traceQuery(code, options), limit: MOST_ITEMS } }, signal }));
      // the schema keeps verdicts and roles as plain text
      return answer as TraceAnswer;
    },
    enabled: wanted,
    staleTime: 60_000,
    // other options of the same question: the former answer stands until the new one is there
    placeholderData: keepPreviousData,
  });

/** The address that exports an answer as a file. */
export function exportAddress(direction: "back" | "forward", format: "xlsx" | "pdf" | "json" | "epcis", code: string, options: TraceOptions): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(traceQuery(code, options))) query.set(name, String(value));
  return `/api/v1/trace/${direction}/export?${query.toString()}`;
}

async function items(query: { search?: string; kind?: string; limit: number }, signal: AbortSignal): Promise<ItemRow[]> {
  const { rows } = await unwrap(client.GET("/api/v1/items", { params: { query }, signal }));
  return rows;
}

const EXAMPLE_KINDS = ["unit", "lot", "carrier"] as const;

async function examples(signal: AbortSignal): Promise<ItemRow[]> {
  const lists = await Promise.all(EXAMPLE_KINDS.map((kind) => items({ kind, limit: 3 }, signal)));
  return lists.flat();
}

/** Some items of each kind to try the desk with. */
export const useExamples = (wanted: boolean): UseQueryResult<ItemRow[]> =>
  useQuery({ queryKey: ["items", "examples"], queryFn: ({ signal }) => examples(signal), enabled: wanted });

/** Items whose codes begin like this one: the longest beginning that finds any. */
export const useNear = (decoded: DecodedCode, code: string): UseQueryResult<ItemRow[]> =>
  useQuery({
    queryKey: ["items", "near", code],
    queryFn: async ({ signal }) => {
      for (const search of nearSearches(decoded.serial, decoded.lot, code)) {
        const found = await items({ search, limit: 8 }, signal);
        if (found.length) return found;
      }
      return [];
    },
  });

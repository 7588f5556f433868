import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { client, unwrap } from "../../api/client";
import { bodyOf, type Conditions, filterOf, isAsked, type Narrowed, NOTHING, type Question, type ScopeAnswer, type StartPreview, type Where } from "./question";

export const PAGE = 25;
const SETTLE_MS = 350;

/** The value as it was a moment ago: a server is not asked at every key. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The figures of a scope and its first rows. Leaving, or another question, ends the work on the server. */
export const useScope = (question: Question, wanted = true): UseQueryResult<ScopeAnswer> =>
  useQuery({
    queryKey: ["scope", question],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/trace/scope", { body: { ...bodyOf(question), where: {}, sort: "depth", size: PAGE }, signal })),
    enabled: wanted && isAsked(question),
    retry: false,
    staleTime: Infinity,
    gcTime: 5 * 60_000,
  });

const whereOf = (narrowed: Narrowed): Where => narrowed as Where;

/** One page of the rows of the very answer that the figures are of. */
export const useRows = (question: Question, answer: ScopeAnswer, narrowed: Narrowed, sort: string, page: number): UseQueryResult<ScopeAnswer> => {
  const first = page === 1 && sort === "depth" && Object.keys(narrowed).length === 0;
  return useQuery({
    queryKey: ["scope-rows", answer.id, narrowed, sort, page],
    queryFn: ({ signal }) =>
      unwrap(
        client.POST("/api/v1/trace/scope", {
          body: { ...bodyOf(question), answer: answer.id, where: whereOf(narrowed), sort, cursor: String((page - 1) * PAGE), size: PAGE },
          signal,
        }),
      ),
    ...(first ? { initialData: answer } : {}),
    retry: false,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
};

/** What a filter over events finds, a moment after it was last changed. */
export function usePreview(conditions: Conditions, asOf: string | null, wanted: boolean): UseQueryResult<StartPreview> & { readonly settled: boolean } {
  const settled = useSettled(conditions);
  const asked = isAsked({ ...NOTHING, mode: "events", conditions: settled });
  const query = useQuery({
    queryKey: ["scope-start", settled, asOf],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/trace/scope/start", { body: { events: filterOf(settled), as_of: asOf }, signal })),
    enabled: wanted && asked,
    retry: false,
    placeholderData: keepPreviousData,
  });
  return { ...query, settled: settled === conditions };
}

export const useStartChoices = (wanted: boolean) =>
  useQuery({ queryKey: ["scope-choices"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/trace/scope/choices", { signal })), enabled: wanted, staleTime: 5 * 60_000 });

import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { client, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { bodyOf, type Conditions, isAsked, NOTHING, type Question } from "../scope/question";

export type CausesAnswer = components["schemas"]["CausesAnswer"];
export type Cause = components["schemas"]["Cause"];
export type CauseFactor = components["schemas"]["CauseFactor"];
type CausesBody = components["schemas"]["CausesBody"];

/** What is suspect, and the sound codes to compare with (none: the system chooses). */
export interface Comparison {
  readonly question: Question;
  readonly sound: readonly string[];
}

export function causesBody({ question, sound }: Comparison): CausesBody {
  const { start, as_of } = bodyOf(question);
  return { start, as_of: as_of ?? null, sound: [...sound], controls: 80 };
}

export const useCauses = (comparison: Comparison): UseQueryResult<CausesAnswer> =>
  useQuery({
    queryKey: ["causes", comparison],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/trace/causes", { body: causesBody(comparison), signal })),
    enabled: isAsked(comparison.question),
    retry: false,
    staleTime: Infinity,
  });

/** The question about everything that a factor may have touched: forward from the lot, or from the events that name it. */
export function forwardFrom(factor: CauseFactor): Question {
  if (factor.item_id !== null) return { ...NOTHING, codes: [factor.value] };
  const named: Conditions = factor.kind === "operation" ? {} : { [factor.kind]: factor.value };
  const window: Conditions = factor.since && factor.until ? { since: factor.since, until: new Date(Date.parse(factor.until) + 1000).toISOString() } : {};
  return { ...NOTHING, mode: "events", conditions: { ...named, ...(factor.step && factor.kind !== "order" ? { step: factor.step } : {}), ...(factor.kind === "order" ? {} : window) } };
}

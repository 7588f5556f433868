import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { client, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import type { RuleBody } from "./segments";

type Schemas = components["schemas"];
export type RuleChoices = Schemas["Choices"];
export type RulePreview = Schemas["RulePreview"];
export type ExampleCode = Schemas["ExampleCode"];
export type ReadyRule = Schemas["ReadyRule"];
export type BatchRow = Schemas["BatchRow"];
export type Batch = Schemas["Batch"];
export type Handout = Schemas["Handout"];
export type IssuedCode = Schemas["IssuedCode"];
export type CodeState = Schemas["CodeState"];
export const CODE_RULE = "code_rule";

export function useRuleChoices() {
  return useQuery({
    queryKey: ["rule-choices"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/code-rules/choices", { signal })),
    staleTime: Infinity,
  }).data;
}

export function useReadyRules() {
  return useQuery({
    queryKey: ["ready-rules"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/code-rules/ready", { signal })),
    staleTime: Infinity,
  });
}

/** The time as the clock on this device shows it, with its offset: dates in codes come from it. */
export function clockHere(): string {
  const now = new Date();
  const minutes = -now.getTimezoneOffset();
  const pad = (value: number) => String(Math.abs(value)).padStart(2, "0");
  const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${pad(Math.trunc(minutes / 60))}:${pad(minutes % 60)}`;
}

/** A value that follows after it has been still for a moment, so that every keystroke is not a request. */
export function useSettled<Value>(value: Value, milliseconds = 250): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** What a rule would make and what is wrong with it, asked again whenever it changes. */
export function useRulePreview(body: RuleBody, fields: Record<string, string>) {
  const settled = useSettled(JSON.stringify({ body, fields }));
  return useQuery({
    queryKey: ["rule-preview", settled],
    queryFn: ({ signal }) => {
      const asked = JSON.parse(settled) as { body: Record<string, unknown>; fields: Record<string, string> };
      return unwrap(client.POST("/api/v1/code-rules/preview", { body: { ...asked, moment: clockHere(), count: 5 }, signal }));
    },
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });
}

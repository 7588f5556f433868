import { useQuery } from "@tanstack/react-query";

import { client, reach, requestHeaders, unwrap } from "../../api/client";
import { problemOf } from "../../api/problem";
import type { components } from "../../api/schema";
import type { DefinitionRow } from "../../designer/definitions";
import { named, useLanguage } from "../../i18n/language";

type Schemas = components["schemas"];
export type InstalledPack = Schemas["InstalledPack"];
export type PackReport = Schemas["PackReport"];
export type Installed = PackReport["rows"][number];

/** What installing may do to a definition, what matters most first. */
export const OUTCOMES = ["conflict", "added", "updated", "merged", "kept", "same"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export function outcomeOf({ outcome }: Installed): Outcome {
  return OUTCOMES.find((each) => each === outcome) ?? "same";
}

/** Send a pack's ZIP file: to see what it would do, or to install it. */
export async function sendPack(step: "preview" | "install", file: Blob, publish: boolean, theirs: readonly string[]): Promise<PackReport> {
  const query = new URLSearchParams(theirs.map((each) => ["theirs", each]));
  if (step === "install") query.set("publish", String(publish));
  const path = `/api/v1/packs/${step}?${query.toString()}`;
  const headers = { ...requestHeaders("POST"), "Content-Type": "application/zip" };
  const response = await reach(path, { method: "POST", credentials: "same-origin", headers, body: file });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as PackReport;
}

export function useInstalledPacks() {
  return useQuery({ queryKey: ["packs"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/packs", { signal })) });
}

/** What kinds of definitions are called. */
export function useKindNames(): (kind: string) => string {
  const language = useLanguage();
  const { data } = useQuery({ queryKey: ["definition-kinds"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/definitions/kinds", { signal })), staleTime: Infinity });
  const names = new Map(data?.rows.map((each) => [each.name, named(language, each.title_zh, each.title_en, each.name)]));
  return (kind) => names.get(kind) ?? kind;
}

const MOST = 500;

/** Every definition in force, page by page. */
export function usePublished() {
  return useQuery({
    queryKey: ["definitions", "in force"],
    queryFn: async ({ signal }) => {
      const rows: DefinitionRow[] = [];
      let cursor: number | undefined;
      do {
        const query = { state: "published" as const, limit: MOST, ...(cursor === undefined ? {} : { cursor }) };
        const page = await unwrap(client.GET("/api/v1/definitions", { params: { query }, signal }));
        rows.push(...page.rows);
        cursor = page.next ? Number(page.next) : undefined;
      } while (cursor !== undefined);
      return rows;
    },
  });
}

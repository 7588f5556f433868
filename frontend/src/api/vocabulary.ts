import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { named, useLanguage } from "../i18n/language";
import { client, unwrap } from "./client";
import type { NamedUri, Term, Vocabulary } from "./contract";
import { useMay, useWithheld } from "./session";

export function useVocabularyQuery() {
  const may = useMay();
  // Whoever may not read events reads codes and URIs instead of names.
  return useQuery({ enabled: may("trace:event:read"), queryKey: ["vocabulary"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/vocabulary", { signal })), staleTime: 5 * 60_000 });
}

export interface Choice {
  value: string;
  label: string;
}

/** The last part of a URI, for things that master data does not name: `urn:suyuan:demo:place:WH1` → `WH1`. */
export function tailOf(uri: string): string {
  const parts = uri.split(/[:/]/).filter(Boolean);
  return readable(parts.at(-1) ?? uri);
}

/** Percent-decoded, if that makes sense: URIs come from outside. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const GLN = /^https:\/\/id\.gs1\.org\/41[47]\/(\d{13})(?:\/254\/([^/?#]+))?$/;
const COORDINATES = /^geo:(-?[\d.]+),(-?[\d.]+)(?:,-?[\d.]+)?(?:;.*)?$/i;

/** What a place is called that nobody has named: by its GLN, its coordinates or the end of its URI, as the server does. */
export function placeWords(uri: string, coordinates: (spot: string) => string): string {
  const [, gln, extension] = GLN.exec(uri) ?? [];
  if (gln) return `GLN ${gln}${extension ? ` · ${readable(extension)}` : ""}`;
  const [, latitude, longitude] = COORDINATES.exec(uri) ?? [];
  return latitude && longitude ? coordinates(`${latitude}, ${longitude}`) : tailOf(uri);
}

type Group = Exclude<keyof Vocabulary, "types">;

function valueOf(entry: Term | NamedUri): string {
  return "value" in entry ? entry.value : entry.uri;
}

export interface Names {
  /** The name of a value; what is not named yet is called `otherwise`, or by the last part of its URI. */
  of: (group: Group, value: string | null | undefined, otherwise?: string | null) => string;
  choices: (group: Group) => Choice[];
  type: (type: string) => string;
}

/** Names in the reader's language for everything that events refer to. */
export function useNames(): Names {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const { data } = useVocabularyQuery();
  const withheld = useWithheld();
  return useMemo(() => {
    const label = (entry: Term | NamedUri) => named(language, entry.zh, entry.en, valueOf(entry));
    const entries = (group: Group): (Term | NamedUri)[] => (data as Partial<Vocabulary> | undefined)?.[group] ?? [];
    const index = new Map<string, Map<string, string>>();
    const find = (group: Group, value: string) => {
      let names = index.get(group);
      if (!names) {
        names = new Map(entries(group).map((entry) => [valueOf(entry), label(entry)]));
        index.set(group, names);
      }
      return names.get(value);
    };
    const words = (group: Group, value: string) => (group === "places" ? placeWords(value, (spot) => t("domain.coordinates", { spot })) : tailOf(value));
    return {
      of: (group, value, otherwise) => (group === "people" && withheld("people") ? t("withheld.value") : value ? (find(group, value) ?? otherwise ?? words(group, value)) : (otherwise ?? "")),
      choices: (group) => entries(group).map((entry) => ({ value: valueOf(entry), label: label(entry) })),
      type: (type) => (i18n.exists(`domain.type.${type}`) ? t(`domain.type.${type as "ObjectEvent"}`) : type),
    };
  }, [data, language, t, i18n, withheld]);
}

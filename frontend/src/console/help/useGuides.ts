import { useQuery } from "@tanstack/react-query";

import type { Language } from "../../api/contract";
import { useLanguage } from "../../i18n/language";
import { type Section, sectionsOf } from "./markdown";

export interface Guides {
  chapters: Readonly<Record<string, readonly Section[]>>;
  pictures: Readonly<Record<string, string>>;
}

const SOURCES = { zh: () => import("virtual:guides/zh"), en: () => import("virtual:guides/en") };

async function read(language: Language): Promise<Guides> {
  const { texts, pictures } = await SOURCES[language]();
  return { chapters: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sectionsOf(text)])), pictures };
}

/** The manual in the reader's language; each language is fetched when somebody reads it. */
export function useGuides() {
  const language = useLanguage();
  return useQuery({ queryKey: ["guides", language], queryFn: () => read(language), staleTime: Infinity });
}

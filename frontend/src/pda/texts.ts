/** Texts of the PDA: the same files as the console's, without its translation library, which would cost a tenth of the page. */
import { useCallback } from "react";

import enChecks from "../i18n/en/checks";
import enPda from "../i18n/en/pda";
import zhChecks from "../i18n/zh/checks";
import zhPda from "../i18n/zh/pda";
import { type Language, usePda } from "./state";

const CHINESE = { pda: zhPda, checks: zhChecks } as const;
const TEXTS = { zh: CHINESE, en: { pda: enPda, checks: enChecks } };

type Leaves<Tree> = { [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Leaves<Tree[Key]>}` }[keyof Tree & string];
export type TextKey = Leaves<typeof CHINESE>;
export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, params?: Params) => string;

function found(language: Language, key: string): string {
  let at: unknown = TEXTS[language];
  for (const step of key.split(".")) at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return typeof at === "string" ? at : key;
}

export function textIn(language: Language, key: TextKey, params: Params = {}): string {
  return found(language, key).replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(params[name] ?? ""));
}

export function useText(): Translate {
  const language = usePda((state) => state.settings.language);
  return useCallback((key, params) => textIn(language, key, params), [language]);
}

/** The name in the reader's language, or the other one, or what else there is. */
export function named(language: Language, zh: string | null | undefined, en: string | null | undefined, otherwise = ""): string {
  const [own, other] = language === "en" ? [en, zh] : [zh, en];
  return [own, other].find(Boolean) ?? otherwise;
}

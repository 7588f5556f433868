import { useTranslation } from "react-i18next";

import type { Language } from "../api/contract";

/** The language of the console; components that use it draw again when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? "en" : "zh";
}

/** The name in the reader's language, or the other one, or the identifier: never an empty cell. */
export function named(language: Language, zh: string | null | undefined, en: string | null | undefined, otherwise = ""): string {
  const [own, other] = language === "en" ? [en, zh] : [zh, en];
  // an empty name is as good as none
  return [own, other].find(Boolean) ?? otherwise;
}

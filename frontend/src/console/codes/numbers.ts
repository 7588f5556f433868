import { useCallback } from "react";

import { useLanguage } from "../../i18n/language";

/** Write a whole number with its thousands apart. */
export function useNumbers(): (value: number) => string {
  const language = useLanguage();
  return useCallback((value: number) => value.toLocaleString(language === "en" ? "en" : "zh-CN"), [language]);
}

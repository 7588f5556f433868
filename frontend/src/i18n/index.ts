/**
 * Every visible text, in Chinese (the source of the keys) and English. A key reads `area.thing`, one file per area
 * in `zh/` and `en/`; a test holds both languages to the same keys and placeholders.
 */
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { setRequestLanguage } from "../api/client";
import type { Language } from "../api/contract";
import en from "./en/initial";
import type all from "./zh";
import zh from "./zh/initial";

const STORED = "suyuan.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: typeof all };
  }
}

export function isLanguage(value: unknown): value is Language {
  return value === "zh" || value === "en";
}

export function storedLanguage(): Language {
  const stored = globalThis.localStorage.getItem(STORED);
  return isLanguage(stored) ? stored : "zh";
}

function follow(language: string): void {
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  dayjs.locale(language === "en" ? "en" : "zh-cn");
  setRequestLanguage(language);
}

i18next.on("languageChanged", follow);

void i18next.use(initReactI18next).init({
  lng: storedLanguage(),
  fallbackLng: "zh",
  defaultNS: "app",
  ns: ["app"],
  resources: { zh: { app: zh }, en: { app: en } },
  // React escapes what it renders
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Change the language of the whole console at once and remember it on this device. */
export function changeLanguage(language: Language): void {
  globalThis.localStorage.setItem(STORED, language);
  void i18next.changeLanguage(language);
}

export { i18next };

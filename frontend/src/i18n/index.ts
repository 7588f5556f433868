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
import type all from "./zh";
import type initial from "./zh/initial";

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

/** Whether somebody chose a language on this device. */
export function hasChosenLanguage(): boolean {
  return globalThis.localStorage.getItem(STORED) !== null;
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

/** A device fetches the language it shows; the other one comes when somebody asks for it. */
const TEXTS = { zh: () => import("./zh/initial"), en: () => import("./en/initial") };
type Texts = Record<keyof typeof initial, object>;

/** Begin with the texts of these languages, in the one this device remembers. */
export function begin(texts: Partial<Record<Language, Texts>>): void {
  void i18next.use(initReactI18next).init({
    lng: storedLanguage(),
    fallbackLng: false,
    defaultNS: "app",
    ns: ["app"],
    resources: Object.fromEntries(Object.entries(texts).map(([language, app]) => [language, { app }])),
    // React escapes what it renders
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

/** Fetch the texts of the remembered language and begin with them. */
export async function beginStored(): Promise<void> {
  const language = storedLanguage();
  begin({ [language]: (await TEXTS[language]()).default });
}

/** Change the language of the whole console at once and remember it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  const { default: texts } = await TEXTS[language]();
  i18next.addResourceBundle(language, "app", texts, true);
  globalThis.localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}

export { i18next };

/** The console's colours on the page, as CSS variables of the same names. */
import { DARK, FONT, LIGHT, MONO } from "../theme/colours";
import { textIn } from "./texts";
import type { Language } from "./state";

const GROUNDS = { light: { colorBgContainer: "#ffffff", colorBgElevated: "#ffffff", colorBar: "#0d2a33" }, dark: { colorBar: "#0a181d" } };

export function dress(dark: boolean, big: boolean, language: Language): void {
  const root = document.documentElement;
  const colours = { ...LIGHT, ...GROUNDS.light, ...(dark ? { ...DARK, ...GROUNDS.dark } : {}) };
  for (const [name, colour] of Object.entries(colours)) root.style.setProperty(`--${name.replace(/^color/u, "").replaceAll(/([A-Z])/gu, "-$1").toLowerCase().replace(/^-/u, "")}`, colour);
  root.style.setProperty("--font", FONT);
  root.style.setProperty("--mono", MONO);
  root.style.colorScheme = dark ? "dark" : "light";
  root.dataset.mode = dark ? "dark" : "light";
  root.dataset.big = String(big);
  root.lang = language === "en" ? "en" : "zh-CN";
  document.title = textIn(language, "pda.title");
}

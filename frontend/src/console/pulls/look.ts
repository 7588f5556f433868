import type { FetchFrom, PullCall } from "../../api/floor";
import { placeWords, tailOf } from "../../api/vocabulary";
import { named, type useLanguage } from "../../i18n/language";

type Language = ReturnType<typeof useLanguage>;
interface Named {
  material: string;
  material_zh: string | null;
  material_en: string | null;
  place: string | null;
  place_zh: string | null;
  place_en: string | null;
}

export const materialOf = (row: Pick<Named, "material" | "material_zh" | "material_en">, language: Language): string => named(language, row.material_zh, row.material_en, tailOf(row.material));

export const placeOf = (row: Pick<Named, "place" | "place_zh" | "place_en">, language: Language, otherwise = "–"): string =>
  row.place === null ? otherwise : named(language, row.place_zh, row.place_en, placeWords(row.place, (spot) => spot));

export const amountText = (value: string, unit: string): string => (unit ? `${value} ${unit}` : value);

export function fetchText(lot: FetchFrom, language: Language): string {
  return placeOf(lot, language);
}

export const seconds = (from: string, to: string | number): number => Math.floor(((typeof to === "number" ? to : Date.parse(to)) - Date.parse(from)) / 1000);

export const isOpen = ({ state }: PullCall): boolean => state === "requested" || state === "picking";

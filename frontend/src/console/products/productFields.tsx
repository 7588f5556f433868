import { useTranslation } from "react-i18next";

import type { PublicProduct, PublicProductInput } from "../../api/contract";
import { type Choice, useNames } from "../../api/vocabulary";
import type { FormField } from "../../meta/form";

/** As the server has them: what the page says of a material's origin. */
export const ORIGINS = ["country", "place", "none"] as const;

export const NEW_PRODUCT: PublicProductInput = { gtin: "", published: true, brand_zh: "", brand_en: "", contact: "", origins: "country" };

const TRADE_ITEM = /\/01\/(\d{14})$/;

/** Products that events have named and nobody has decided about yet. */
function useUndecided(decided: readonly PublicProduct[]): Choice[] {
  const names = useNames();
  const known = new Set(decided.map(({ gtin }) => gtin));
  return names.choices("products").flatMap(({ value, label }) => {
    const gtin = TRADE_ITEM.exec(value)?.[1];
    return gtin && !known.has(gtin) ? [{ value: gtin, label: `${label} · ${gtin}` }] : [];
  });
}

export function useProductFields(decided: readonly PublicProduct[], existing: boolean): FormField[] {
  const { t } = useTranslation();
  const undecided = useUndecided(decided);
  const gtin: FormField = {
    kind: "suggestion",
    name: "gtin",
    label: t("products.field.gtin"),
    help: t("products.field.gtinHelp"),
    required: true,
    max: 100,
    choices: undecided,
  };
  return [
    ...(existing ? [] : [gtin]),
    { kind: "switch", name: "published", label: t("products.field.published"), help: t("products.field.publishedHelp") },
    { kind: "text", name: "brand_zh", label: t("products.field.brandZh"), help: t("products.field.brandHelp"), max: 100 },
    { kind: "text", name: "brand_en", label: t("products.field.brandEn"), max: 100 },
    { kind: "text", name: "contact", label: t("products.field.contact"), help: t("products.field.contactHelp"), max: 200 },
    {
      kind: "choice",
      name: "origins",
      label: t("products.field.origins"),
      help: t("products.field.originsHelp"),
      choices: ORIGINS.map((value) => ({ value, label: t(`products.origins.${value}`) })),
    },
  ];
}

import type { TFunction } from "i18next";

import { ITEM_KINDS, type ItemKind } from "./model";
import type { GraphTexts } from "./theme";

/** The words the drawing carries, in the reader's language. */
export function graphTexts(t: TFunction): GraphTexts {
  const byKind = (name: (kind: ItemKind) => string): Record<ItemKind, string> =>
    Object.fromEntries(ITEM_KINDS.map((kind) => [kind, name(kind)])) as Record<ItemKind, string>;
  return {
    kindLetters: byKind((kind) => t(`graph.letter.${kind}`)),
    kindNames: byKind((kind) => t(`domain.kind.${kind}`)),
    possible: t("graph.verdict.possible"),
    excluded: t("graph.verdict.excluded"),
    start: t("graph.start"),
    showMore: (count) => t("graph.showMore", { count }),
    close: (count) => t("graph.close", { count }),
  };
}

import { useTranslation } from "react-i18next";

import { drawKindShape } from "./glyphs";
import { ITEM_KINDS, type ItemKind } from "./model";
import { SvgSurface } from "./svg";
import { DARK, LIGHT } from "./theme";
import { useDark } from "../theme/mode";

export const kindOf = (kind: string): ItemKind => ITEM_KINDS.find((each) => each === kind) ?? "product";

/** The sign of a kind as on the cards of the graph: the same shape, colour and letter. */
export function KindGlyph({ kind, size = 22 }: { kind: string; size?: number }) {
  const { t } = useTranslation();
  const theme = useDark() ? DARK : LIGHT;
  const known = kindOf(kind);
  const surface = new SvgSurface(null, theme.font);
  drawKindShape(surface, known, 16, 16, 12.5, { fill: theme.kinds[known] });
  const shape = surface.parts.join("");
  return (
    <svg className="kind-glyph" width={size} height={size} viewBox="0 0 32 32" role="img" aria-label={t(`domain.kind.${known}`)}>
      <g dangerouslySetInnerHTML={{ __html: shape }} />
      <text x="16" y="16" dy=".36em" textAnchor="middle" fontSize="13" fontWeight="700" fill={theme.dark ? theme.card : "#ffffff"} aria-hidden="true">
        {t(`graph.letter.${known}`)}
      </text>
    </svg>
  );
}

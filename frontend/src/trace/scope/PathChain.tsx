import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useNames } from "../../api/vocabulary";
import { KindGlyph } from "../../graph/KindGlyph";
import { useFormats } from "../../i18n/format";
import type { ScopeRow } from "./question";

/** Steps that a row shows without being asked. */
const FEW = 3;

/** The shortest path that explains an item, from where the question starts to the item itself. */
export function PathChain({ row, onEvent }: { row: ScopeRow; onEvent: (number: number) => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const formats = useFormats();
  const [whole, setWhole] = useState(false);
  const hops = row.path.toReversed();
  const skipped = whole ? 0 : Math.max(0, hops.length - FEW);
  const shown = skipped ? [...hops.slice(0, 1), ...hops.slice(skipped + 1)] : hops;
  return (
    <ol className="scope-path" aria-label={t("scope.list.path")}>
      {shown.map((hop, i) => (
        <Fragment key={`${hop.item_id} ${hop.event ?? ""} ${i}`}>
          <li>
            {hop.hidden ? (
              <em className="muted">{t("scope.list.hidden")}</em>
            ) : (
              <Link to={`/trace/${hop.item_id}`} title={hop.uri}>
                <KindGlyph kind={hop.kind} size={15} /> <span className="code">{hop.label}</span>
              </Link>
            )}
          </li>
          <li className="scope-hop">
            {hop.event === null ? (
              <span className="muted">{t("scope.list.member")}</span>
            ) : (
              <button type="button" className="text-link" title={formats.dateTime(hop.time)} onClick={() => onEvent(hop.event ?? 0)}>
                {hop.biz_step ? names.of("steps", hop.biz_step) : t("scope.list.event", { number: hop.event })}
              </button>
            )}
            {hop.through.length > 0 && <small className="muted">{t("scope.list.through", { items: hop.through.map((each) => each || "…").join(", ") })}</small>}
          </li>
          {i === 0 && skipped > 0 && (
            <li className="scope-hop">
              <button type="button" className="text-link" onClick={() => setWhole(true)}>
                {t("scope.list.steps", { count: skipped })}
              </button>
            </li>
          )}
        </Fragment>
      ))}
      <li className="code scope-path-end">{row.label}</li>
    </ol>
  );
}

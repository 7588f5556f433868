import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { historyLink, type UsedMaterial } from "../../api/floor";
import { useNames } from "../../api/vocabulary";
import { KindGlyph } from "../../graph/KindGlyph";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { unitText } from "../../trace/units";

/** What went in; each material leads to its own history. */
export function Materials({ materials, offset }: { materials: readonly UsedMaterial[]; offset: number | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const { decimal, dateTime } = useFormats();
  return (
    <section className="panel">
      <h2>{t("floor.history.materials")}</h2>
      {materials.length === 0 && <p className="muted">{t("floor.history.noMaterials")}</p>}
      <ul className="used">
        {materials.map(({ item, how, quantity, unit, taken_out_at: out, event_number: event, made_with: shared }, at) => (
          <li key={`${event} ${item.id} ${at}`} className={out ? "used-out" : undefined}>
            <KindGlyph kind={item.kind} size={22} />
            <div>
              <Link to={historyLink(item.uri)} className="code" aria-label={t("floor.history.ofMaterial", { label: item.label })}>
                {item.label}
              </Link>
              <span className="muted">{named(language, item.product_name_zh, item.product_name_en) || names.of("products", item.product)}</span>
            </div>
            <div className="used-how">
              <span className="num">{quantity ? `${decimal(quantity)} ${unitText(unit, t("trace.piece"))}` : t(`floor.history.how.${how === "put_in" ? "put_in" : "consumed"}`)}</span>
              {quantity && shared > 1 && <span className="muted">{t("floor.history.madeTogether", { count: shared })}</span>}
              {out && <span className="muted">{t("floor.history.removed", { time: dateTime(out, offset) })}</span>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

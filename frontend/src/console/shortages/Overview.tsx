import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { LotTrouble, Shortages } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { unitText } from "../../trace/units";
import { amountText, materialOf } from "../pulls/look";

const COLOURS = { usable: "success", held: "error", expired: "error", on_its_way: "warning", gone: "default" } as const;

export function LotState({ lot }: { lot: Pick<LotTrouble, "state"> }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[lot.state]}>{t(`pulls.shortage.state.${lot.state}`)}</Tag>;
}

export function Lots({ lots, onAsk }: { lots: readonly LotTrouble[]; onAsk: (uri: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  return (
    <ul className="short-lots">
      {lots.map((lot) => (
        <li key={lot.item_id}>
          <button type="button" className="text-link code" onClick={() => onAsk(lot.uri)}>
            {lot.code}
          </button>
          <LotState lot={lot} />
          <span>{materialOf(lot, language)}</span>
          <span className="num">{lot.left === null ? t("pulls.shortage.unknown") : amountText(formats.decimal(lot.left), unitText(lot.unit, t("trace.piece")))}</span>
          {lot.expiry && <span className="muted">{`${t("pulls.shortage.expiry")} ${lot.expiry}`}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Every material that open orders go short of, and the lots in trouble that they need. */
export function Overview({ shortages, onAsk }: { shortages: Shortages; onAsk: (uri: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  return (
    <>
      {shortages.materials.length === 0 ? (
        <Empty title={t("pulls.shortage.noneTitle")} text={t("pulls.shortage.noneText", { orders: formats.number(shortages.orders) })} />
      ) : (
        <section className="panel short-part scroll-x" tabIndex={0} aria-label={t("pulls.shortage.materials")}>
          <h2>{t("pulls.shortage.materials")}</h2>
          <table className="small-table short-table">
            <thead>
              <tr>
                <th scope="col">{t("pulls.material")}</th>
                <th scope="col" className="end">{t("pulls.shortage.short")}</th>
                <th scope="col" className="end">{t("pulls.shortage.usable")}</th>
                <th scope="col" className="end">{t("pulls.shortage.blocked")}</th>
                <th scope="col" className="end">{t("pulls.shortage.orders")}</th>
                <th scope="col">{t("pulls.shortage.firstDue")}</th>
              </tr>
            </thead>
            <tbody>
              {shortages.materials.map((row) => {
                const unit = unitText(row.unit, t("trace.piece"));
                return (
                  <tr key={row.material}>
                    <td>
                      <strong>{materialOf(row, language)}</strong>
                    </td>
                    <td className="end num short-bad">{amountText(formats.decimal(row.short), unit)}</td>
                    <td className="end num">{formats.decimal(row.usable)}</td>
                    <td className="end num">{Number(row.blocked) > 0 ? formats.decimal(row.blocked) : "–"}</td>
                    <td className="end num">{formats.number(row.orders)}</td>
                    <td className="num">{row.first_due ? formats.dateTime(row.first_due) : "–"}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      <section className="panel short-part" aria-label={t("pulls.shortage.lots")}>
        <h2>{t("pulls.shortage.lots")}</h2>
        {shortages.lots.length === 0 ? <p className="muted">{t("pulls.shortage.lotsNone")}</p> : <Lots lots={shortages.lots} onAsk={onAsk} />}
      </section>
      <p className="muted">{t("pulls.shortage.took", { ms: formats.number(shortages.took_ms) })}</p>
    </>
  );
}

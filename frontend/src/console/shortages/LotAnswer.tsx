import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { LotShortage, ShortOrder } from "../../api/floor";
import { useMay, useWithheld } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { unitText } from "../../trace/units";
import { Figure } from "../floor/Figure";
import { amountText, materialOf, placeOf } from "../pulls/look";
import { LotState } from "./Overview";

function Orders({ rows, byLot }: { rows: readonly ShortOrder[]; byLot: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const withheld = useWithheld()("parties");
  return (
    <table className="small-table short-table">
      <thead>
        <tr>
          <th scope="col">{t("pulls.order")}</th>
          <th scope="col">{t("pulls.shortage.due")}</th>
          <th scope="col" className="end">{t("pulls.shortage.short")}</th>
          {byLot && <th scope="col" className="end">{t("pulls.shortage.byLot")}</th>}
          <th scope="col" className="end">{`${t("pulls.shortage.used")} / ${t("pulls.shortage.needed")}`}</th>
          <th scope="col" className="end">{t("pulls.shortage.atLine")}</th>
          <th scope="col">{t("pulls.shortage.customer")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const unit = unitText(row.unit, t("trace.piece"));
          return (
            <tr key={`${row.order_id} ${row.material}`} data-order={row.number}>
              <td>
                <Link to={`/orders/${row.order_id}`}>{row.number}</Link>
                <br />
                <small className="muted">{named(language, row.product_zh, row.product_en, row.product)}</small>
              </td>
              <td className="num">{row.due ? formats.dateTime(row.due) : "–"}</td>
              <td className="end num short-bad">{amountText(formats.decimal(row.short), unit)}</td>
              {byLot && <td className="end num">{formats.decimal(row.by_lot)}</td>}
              <td className="end num">{`${formats.decimal(row.used)} / ${formats.decimal(row.needed)}`}</td>
              <td className="end num">{Number(row.at_line) > 0 ? formats.decimal(row.at_line) : "–"}</td>
              <td>{[withheld ? t("withheld.value") : row.customer, row.sales_order].filter(Boolean).join(" · ") || "–"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Shipped({ answer }: { answer: LotShortage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const may = useMay();
  const { shipped, lot } = answer;
  if (shipped === null) return <p className="muted">{t("pulls.shortage.hidden")}</p>;
  return (
    <>
      <p>
        {`${t("pulls.shortage.shippedCount")}: `}
        <strong className="num">{formats.number(shipped.listed)}</strong>
        {` · ${t("pulls.shortage.shipped")}: `}
        <strong className="num">{formats.number(shipped.items)}</strong>
        {shipped.items > 0 && <span className="muted">{` (${t("pulls.shortage.certain")} ${formats.number(shipped.certain)} · ${t("pulls.shortage.possible")} ${formats.number(shipped.possible)})`}</span>}{" "}
        {may("trace:item:read") && <Link to={`/scope?codes=${encodeURIComponent(lot.uri)}&direction=forward`}>{t("pulls.shortage.scope")}</Link>}
      </p>
      {shipped.items === 0 && <p className="muted">{t("pulls.shortage.shippedNone")}</p>}
      <ul className="short-customers">
        {shipped.customers.map((group) => (
          <li key={group.value}>
            <span>{named(language, group.name_zh, group.name_en, group.value ?? "")}</span>
            <strong className="num">{formats.number(group.certain + group.possible)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What it means that one lot is held, expired, late or missing. */
export function LotAnswer({ answer }: { answer: LotShortage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const { lot, orders, calls } = answer;
  const unit = unitText(lot.unit, t("trace.piece"));
  return (
    <>
      <section className="panel short-lot" aria-label={lot.code}>
        <h2>
          <span className="code">{lot.code}</span> <LotState lot={lot} />
        </h2>
        <p>
          {materialOf(lot, language)}
          {lot.expiry && <span className="muted">{` · ${t("pulls.shortage.expiry")} ${lot.expiry}`}</span>}
        </p>
        <p className="muted">
          {`${t("pulls.shortage.where")}: `}
          {lot.spots.map((spot) => `${placeOf({ ...spot }, language)} ${formats.decimal(spot.quantity)}`).join(" · ")}
        </p>
      </section>
      <div className="figures">
        <Figure label={t("pulls.shortage.left")} value={lot.left === null ? t("pulls.shortage.unknown") : amountText(formats.decimal(lot.left), unit)} />
        <Figure label={t("pulls.shortage.needing")} value={formats.number(answer.needing)} />
        <Figure label={t("pulls.shortage.affected")} value={formats.number(orders.length)} bad={orders.length > 0} />
        <Figure label={t("pulls.shortage.usable")} value={amountText(formats.decimal(answer.usable), unit)} />
      </div>
      <section className="panel short-part scroll-x" tabIndex={0} aria-label={t("pulls.shortage.affected")}>
        <h2>{t("pulls.shortage.affected")}</h2>
        {orders.length === 0 ? <p className="muted">{t("pulls.shortage.affectedNone")}</p> : <Orders rows={orders} byLot />}
      </section>
      <section className="panel short-part" aria-label={t("pulls.shortage.calls")}>
        <h2>{t("pulls.shortage.calls")}</h2>
        {calls.length === 0 && <p className="muted">{t("pulls.shortage.callsNone")}</p>}
        <ul className="short-lots">
          {calls.map((call) => (
            <li key={call.id}>
              <Link to="/production/pulls">{`→ ${placeOf(call, language)}`}</Link>
              <span className="num">{amountText(formats.decimal(call.quantity), unitText(call.unit, t("trace.piece")))}</span>
              <Tag>{t(`pulls.state.${call.state}`)}</Tag>
              <span className="muted num">{formats.dateTime(call.due)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel short-part" aria-label={t("pulls.shortage.shipped")}>
        <h2>{t("pulls.shortage.shipped")}</h2>
        <Shipped answer={answer} />
      </section>
      <p className="muted">{t("pulls.shortage.took", { ms: formats.number(answer.took_ms) })}</p>
    </>
  );
}

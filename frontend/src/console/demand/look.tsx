import { Tag } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { DemandRow, DemandState } from "../../api/demand";
import { useFormats } from "../../i18n/format";
import { unitText } from "../../trace/units";

const TONES: Record<DemandState, string> = { open: "warning", covered: "success", cancelled: "default" };

export function DemandStateTag({ state }: { state: DemandState }) {
  const { t } = useTranslation();
  return <Tag color={TONES[state]}>{t(`demand.states.${state}`)}</Tag>;
}

/** Amounts as people write them: `1,200 pcs`. */
export function useAmounts(): (value: string, unit: string) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return (value, unit) => `${formats.decimal(value)} ${unitText(unit || "H87", t("trace.piece"))}`;
}

/** A day that is past while the line is open stands out. */
export function DemandDue({ row }: { row: DemandRow }) {
  const { t } = useTranslation();
  const late = row.state === "open" && dayjs(row.demand.due).endOf("day").isBefore(dayjs());
  return (
    <span className="num">
      {row.demand.due} {late && <Tag color="error">{t("demand.late")}</Tag>}
    </span>
  );
}

/** What of a line is open, though there are orders for it, and what is made for nobody. */
export function Differences({ row }: { row: DemandRow }) {
  const { t } = useTranslation();
  const amount = useAmounts();
  const { unit } = row.demand;
  return (
    <>
      {Number(row.open) > 0 && row.covers.length + row.goods.length > 0 && <Tag color="warning">{t("demand.missing", { amount: amount(row.open, unit) })}</Tag>}
      {Number(row.over) > 0 && <Tag color="error">{t("demand.over", { amount: amount(row.over, unit) })}</Tag>}
    </>
  );
}

/** What makes a line, and what of it is open or too much. */
export function Covers({ row }: { row: DemandRow }) {
  const { t } = useTranslation();
  return (
    <span className="demand-covers">
      {row.covers.length + row.goods.length === 0 && row.state !== "cancelled" && <span className="muted">{t("demand.none")}</span>}
      {row.goods.length > 0 && <Tag color="cyan">{t("demand.fromStock")}</Tag>}
      {row.covers.map((each) => (
        <Link key={each.order_id} to={`/orders/${each.order_id}`} onClick={(press) => press.stopPropagation()}>
          {each.number}
        </Link>
      ))}
      <Differences row={row} />
    </span>
  );
}

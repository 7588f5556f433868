import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, InputNumber, Modal, Radio, Select, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { type DemandCovering, type DemandPlan, type DemandRow, lineName } from "../../api/demand";
import { asProblem, type Problem } from "../../api/problem";
import { useNames } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { useAmounts } from "./look";

const NOTHING = 0;

/** What an order makes for which lines. */
function Shares({ shares, unit }: { shares: DemandPlan["batches"][number]["shares"]; unit: string }) {
  const { t } = useTranslation();
  const amount = useAmounts();
  return (
    <ul className="demand-shares">
      {shares.map((share) => (
        <li key={share.demand_id}>{t("demand.share", { amount: amount(share.quantity, unit), line: lineName(share) })}</li>
      ))}
    </ul>
  );
}

/** Not below "demand": what was just made of lines is not planned once more while the dialog closes. */
const planKey = (body: DemandCovering) => ["plan-of-demand", body] as const;

/** Line by line, how much comes from store, from orders that are open, from new ones. */
function PlanTable({ plan }: { plan: DemandPlan }) {
  const { t } = useTranslation();
  const amount = useAmounts();
  const shown = (quantity: string, unit: string) => (Number(quantity) > NOTHING ? amount(quantity, unit) : "–");
  return (
    <div className="demand-table">
      <table aria-label={t("demand.planTable")}>
        <thead>
          <tr>
            <th scope="col">{t("demand.number")}</th>
            <th scope="col">{t("demand.due")}</th>
            {(["needed", "fromStock", "fromOrders", "fromNew"] as const).map((name) => (
              <th key={name} scope="col" className="num">
                {t(`demand.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.lines.map((line) => (
            <tr key={line.demand_id}>
              <th scope="row">{lineName(line)}</th>
              <td className="num">{line.due}</td>
              <td className="num">{amount(line.open, line.unit)}</td>
              <td className="num">{shown(line.stock, line.unit)}</td>
              <td className="num">{shown(line.orders, line.unit)}</td>
              <td className="num">{shown(line.new, line.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Planned({ plan, rows }: { plan: DemandPlan; rows: readonly DemandRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const amount = useAmounts();
  const unitOf = (id: number | undefined) => rows.find(({ demand }) => demand.id === id)?.demand.unit ?? "";
  return (
    <>
      <PlanTable plan={plan} />
      <ul className="demand-plan">
        {plan.stock.map((goods) => (
          <li key={`${goods.uri} ${goods.place ?? ""}`}>
            <strong>{goods.kind === "lot" ? t("demand.planStock", { code: goods.code }) : t("demand.planUnits", { number: goods.order ?? goods.code })}</strong>{" "}
            <span className="muted">
              {t("demand.stockAt", { place: goods.place === null ? "–" : names.of("places", goods.place), here: amount(goods.here, unitOf(goods.shares[0]?.demand_id)), free: amount(goods.free, unitOf(goods.shares[0]?.demand_id)) })}
              {goods.expires && ` · ${t("demand.expires", { date: goods.expires })}`}
            </span>
            <Shares shares={goods.shares} unit={unitOf(goods.shares[0]?.demand_id)} />
          </li>
        ))}
        {plan.used.map((use) => (
          <li key={use.order_id}>
            <strong>{t("demand.planUse", { number: use.number })}</strong>
            <Shares shares={use.shares} unit={unitOf(use.shares[0]?.demand_id)} />
          </li>
        ))}
        {plan.batches.map((batch, at) => (
          <li key={at}>
            <strong>{t("demand.planNew", { due: batch.due })}</strong> {named(language, batch.product_zh, batch.product_en, names.of("products", batch.product))} · <span className="num">{amount(batch.quantity, batch.unit)}</span>
            {Number(batch.spare) > NOTHING && <span className="muted"> · {t("demand.spare", { amount: amount(batch.spare, batch.unit) })}</span>}
            {(batch.minimum ?? batch.multiple) && (
              <span className="muted">
                {" "}
                · {t("demand.lotSize")}: {[batch.minimum && t("demand.lotMinimum", { amount: amount(batch.minimum, batch.unit) }), batch.multiple && t("demand.lotMultiple", { amount: amount(batch.multiple, batch.unit) })].filter(Boolean).join(", ")}
              </span>
            )}
            <Shares shares={batch.shares} unit={batch.unit} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** How chosen lines become work orders: what would be done is shown before it is. */
export function MakeOrders({ rows, onMade, onClose }: { rows: readonly DemandRow[]; onMade: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [by, setBy] = useState<NonNullable<DemandCovering["by"]>>("due");
  const [multiple, setMultiple] = useState<string | null>(null);
  const [kind, setKind] = useState<NonNullable<DemandCovering["kind"]>>("serial");
  const [useFree, setUseFree] = useState(true);
  const [useStock, setUseStock] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const body: DemandCovering = { lines: rows.map(({ demand }) => demand.id), by, multiple: multiple || null, use_free: useFree, use_stock: useStock, prefix: "SD", kind };
  const plan = useQuery({ queryKey: planKey(body), queryFn: ({ signal }) => unwrap(client.POST("/api/v1/production/demand/plan", { body, signal })), retry: false, gcTime: NOTHING });
  const make = async () => {
    setBusy(true);
    try {
      const { orders, plan: done } = await unwrap(client.POST("/api/v1/production/demand/orders", { body }));
      void message.success(orders.length > NOTHING ? t("demand.made", { count: orders.length }) : done.used.length > NOTHING ? t("demand.bound") : t("demand.makeStock"));
      onMade();
    } catch (error) {
      setProblem(asProblem(error));
      void plan.refetch();
    } finally {
      await Promise.all([cache.invalidateQueries({ queryKey: ["demand"] }), cache.invalidateQueries({ queryKey: ["orders"] })]);
      setBusy(false);
    }
  };
  const made = plan.data?.batches.length ?? NOTHING;
  return (
    <Modal
      open
      width={760}
      title={t("demand.make")}
      okText={made > NOTHING ? t("demand.makeCount", { count: made }) : plan.data && plan.data.used.length === NOTHING ? t("demand.makeStock") : t("demand.makeBind")}
      cancelText={t("list.cancel")}
      okButtonProps={{ loading: busy, disabled: !plan.data }}
      onOk={() => void make()}
      onCancel={onClose}
    >
      <div className="demand-how">
        <div>
          <span className="demand-label">{t("demand.by")}</span>
          <Radio.Group
            aria-label={t("demand.by")}
            optionType="button"
            value={by}
            onChange={({ target }) => setBy(target.value as typeof by)}
            options={[
              { value: "due", label: t("demand.byDue") },
              { value: "line", label: t("demand.byLine") },
            ]}
          />
        </div>
        <label>
          <span className="demand-label">{t("demand.multiple")}</span>
          <InputNumber<string> stringMode min="0" className="wide" value={multiple} placeholder={t("demand.multipleHelp")} onChange={setMultiple} />
        </label>
        <label>
          <span className="demand-label">{t("demand.kind")}</span>
          <Select className="wide" value={kind} onChange={setKind} options={(["serial", "lot", "mixed"] as const).map((value) => ({ value, label: t(`making.order.kinds.${value}`) }))} />
        </label>
        <Checkbox checked={useStock} onChange={({ target }) => setUseStock(target.checked)}>
          {t("demand.useStock")}
        </Checkbox>
        <Checkbox checked={useFree} onChange={({ target }) => setUseFree(target.checked)}>
          {t("demand.useFree")}
        </Checkbox>
      </div>
      {(problem ?? plan.error) && <ProblemView error={problem ?? plan.error} />}
      <section className="demand-planned" aria-label={t("demand.plan")} aria-busy={plan.isFetching}>
        <h3>{t("demand.plan")}</h3>
        {plan.data ? <Planned plan={plan.data} rows={rows} /> : !plan.error && <Spin description={t("demand.planning")} />}
        <p className="muted">{t("demand.stock")}</p>
      </section>
    </Modal>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Flex, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import type { DemandRow } from "../../api/demand";
import { asProblem, type Problem } from "../../api/problem";
import { useMay, useSession, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { OrderStateTag } from "../orders/OrdersPage";
import { ProblemView } from "../ProblemView";
import { DemandDue, DemandStateTag, Differences, useAmounts } from "./look";

function CancelDialog({ onCancel, onClose }: { onCancel: (reason: string) => Promise<boolean>; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  return (
    <Modal open title={t("demand.cancel")} okText={t("demand.cancel")} cancelText={t("list.cancel")} okButtonProps={{ danger: true, disabled: !reason.trim() }} onOk={() => void onCancel(reason.trim()).then((done) => done && onClose())} onCancel={onClose}>
      <p>{t("demand.cancelText")}</p>
      <label className="order-reason">
        <span>{t("demand.reason")}</span>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} value={reason} placeholder={t("demand.reasonHelp")} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}

/** A line with the orders that make it, and what can be done with it. */
export function LineDrawer({ row, onEdit, onClose }: { row: DemandRow; onEdit: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const names = useNames();
  const amount = useAmounts();
  const may = useMay();
  const cache = useQueryClient();
  const { sites } = useSession();
  const { message } = App.useApp();
  const [cancelling, setCancelling] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { demand } = row;
  const writes = may("production:order:write");
  const withheld = useWithheld()("parties");
  const doing = async (done: Promise<unknown>) => {
    setProblem(null);
    try {
      await done;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    } finally {
      await cache.invalidateQueries({ queryKey: ["demand"] });
    }
    return true;
  };
  const path = { demand_id: demand.id };
  const step = (name: "cancel" | "reopen", reason: string) => doing(unwrap(client.POST("/api/v1/production/demand/{demand_id}/step", { params: { path }, body: { step: name, reason } })));
  const free = async (order_id: number, number: string) => {
    if (await doing(unwrap(client.DELETE("/api/v1/production/demand/{demand_id}/covers/{order_id}", { params: { path: { ...path, order_id } } })))) void message.success(t("demand.freeDone", { number }));
  };
  const freeGoods = async () => {
    if (await doing(unwrap(client.DELETE("/api/v1/production/demand/{demand_id}/goods", { params: { path } })))) void message.success(t("demand.freeGoodsDone"));
  };
  const site = sites.find(({ id }) => id === demand.site_id);
  const facts: [string, React.ReactNode][] = [
    [t("demand.state"), <DemandStateTag key="state" state={row.state} />],
    [t("demand.customer"), withheld ? t("withheld.value") : [demand.customer, demand.customer_uri].filter(Boolean).join(" · ")],
    [t("demand.product"), named(language, row.product_zh, row.product_en, names.of("products", demand.product))],
    [t("demand.quantity"), amount(demand.quantity, demand.unit)],
    [t("demand.due"), <DemandDue key="due" row={row} />],
    [t("demand.site"), site ? named(language, site.name_zh, site.name_en, site.code) : t("demand.anySite")],
    [t("demand.entered"), `${formats.dateTime(demand.created)} · ${demand.created_by}`],
    ...(demand.note ? [[t("demand.note"), demand.note] as [string, React.ReactNode]] : []),
    ...(demand.reason ? [[t("demand.reason"), demand.reason] as [string, React.ReactNode]] : []),
  ];
  return (
    <Drawer
      open
      size={560}
      title={t("demand.facts", { order: demand.customer_order, line: demand.line })}
      onClose={onClose}
      extra={
        writes && (
          <Flex gap={8}>
            {demand.cancelled ? (
              <Button onClick={() => void step("reopen", "")}>{t("demand.reopen")}</Button>
            ) : (
              <>
                {!withheld && <Button onClick={onEdit}>{t("demand.edited")}</Button>}
                <Button danger onClick={() => setCancelling(true)}>
                  {t("demand.cancel")}
                </Button>
              </>
            )}
          </Flex>
        )
      }
    >
      {problem && <ProblemView error={problem} />}
      <dl className="order-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section className="demand-orders" aria-label={t("demand.orders")}>
        <h2>{t("demand.orders")}</h2>
        {row.covers.length === 0 && <p className="muted">{t("demand.noOrders")}</p>}
        <ul>
          {row.covers.map((each) => (
            <li key={each.order_id}>
              <Link to={`/orders/${each.order_id}`}>{each.number}</Link> <OrderStateTag state={each.state} /> <span className="num">{amount(each.bound, demand.unit)}</span>{" "}
              {each.given !== each.bound && (
                <Tag color="error" title={t("demand.cut")}>
                  {t("demand.gives", { given: formats.decimal(each.given), bound: formats.decimal(each.bound) })}
                </Tag>
              )}
              {writes && (
                <Button size="small" title={t("demand.freeHelp")} onClick={() => void free(each.order_id, each.number)}>
                  {t("demand.free")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
      {row.goods.length > 0 && (
        <section className="demand-orders" aria-label={t("demand.goods")}>
          <h2>{t("demand.goods")}</h2>
          <ul>
            {row.goods.map((each) => (
              <li key={each.uri}>
                <Link to={`/trace?code=${encodeURIComponent(each.uri)}`}>{each.code}</Link> {each.count > 1 && <span className="muted">{t("demand.goodsCount", { count: each.count, code: each.code })}</span>} <span className="num">{amount(each.bound, demand.unit)}</span> <span className="muted">{each.place === null ? "" : names.of("places", each.place)}</span>{" "}
                {each.given !== each.bound && (
                  <Tag color="error" title={t("demand.goodsLost")}>
                    {t("demand.gives", { given: formats.decimal(each.given), bound: formats.decimal(each.bound) })}
                  </Tag>
                )}
              </li>
            ))}
          </ul>
          {writes && (
            <Button size="small" title={t("demand.freeGoodsHelp")} onClick={() => void freeGoods()}>
              {t("demand.freeGoods")}
            </Button>
          )}
        </section>
      )}
      <Differences row={row} />
      {cancelling && <CancelDialog onCancel={(reason) => step("cancel", reason)} onClose={() => setCancelling(false)} />}
    </Drawer>
  );
}

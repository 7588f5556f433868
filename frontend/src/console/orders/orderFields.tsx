import { useQuery } from "@tanstack/react-query";
import { InputNumber } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Order, OrderInput } from "../../api/production";
import { useMay, useSession, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import type { FormField } from "../../meta/form";
import { DayControl } from "../plant/controls";
import "../../i18n/plant";

const NONE = "none";

/** An order as the form has it: choices are words, a due day is its end. */
export interface OrderForm {
  number: string;
  product: string;
  quantity: string;
  unit: string;
  kind: OrderInput["kind"];
  due: string | null;
  priority: number;
  site: string;
  line: string;
  route: string;
  customer: string;
  sales_order: string;
  note: string;
}

export const NEW_ORDER: OrderForm = { number: "", product: "", quantity: "", unit: "", kind: "serial", due: null, priority: 5, site: NONE, line: NONE, route: NONE, customer: "", sales_order: "", note: "" };

export function toForm(order: Order): OrderForm {
  const { number, product, quantity, unit, kind, due, priority, site_id, line, route_key, customer, sales_order, note } = order;
  return { number, product, quantity, unit, kind, due: due && dayjs(due).format("YYYY-MM-DD"), priority, site: site_id === null ? NONE : String(site_id), line: line ?? NONE, route: route_key ?? NONE, customer, sales_order, note };
}

export function toInput(form: OrderForm): OrderInput {
  const { site, line, route, due, ...same } = form;
  const value = (text: string) => (text === NONE ? null : text);
  return { ...same, product: same.product.trim(), due: due && dayjs(due).endOf("day").toISOString(), site_id: site === NONE ? null : Number(site), line: value(line), route_key: value(route) };
}

/** What may change once an order is released. */
export const toChange = (form: OrderForm) => {
  const { due, priority, line, customer, sales_order, note } = toInput(form);
  return { due: due ?? null, priority, line: line ?? null, customer, sales_order, note };
};

function AmountControl({ id, value, onChange }: { id?: string; value?: string; onChange?: (value: string) => void }) {
  return <InputNumber<string> {...(id ? { id } : {})} stringMode className="wide" min="0" value={value ?? ""} onChange={(next) => onChange?.(next ?? "")} />;
}

export function useOrderFields(released: boolean): FormField[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const withheld = useWithheld();
  const { sites } = useSession();
  const products = useNames().choices("products");
  const routes = useQuery({ enabled: may("designer:definition:read"), queryKey: ["definitions", "route", "choices"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/definitions", { params: { query: { kind: "route", limit: 200 } }, signal })) }).data?.rows ?? [];
  const lines = useQuery({ enabled: may("production:plant:read"), queryKey: ["plant", "equipment"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/equipment", { signal })) }).data?.rows ?? [];
  const late: FormField[] = [
    { kind: "custom", name: "due", label: t("making.order.due"), control: <DayControl /> },
    { kind: "number", name: "priority", label: t("making.order.priority"), help: t("making.order.priorityHelp"), least: 1, most: 9, required: true },
    { kind: "choice", name: "line", label: t("making.order.line"), choices: [{ value: NONE, label: t("making.order.noSite") }, ...lines.filter(({ level }) => level === "line").map((row) => ({ value: row.uri, label: named(language, row.name_zh, row.name_en, row.code) }))] },
    ...(withheld("parties") ? [] : [{ kind: "text" as const, name: "customer", label: t("making.order.customer"), max: 200 }]),
    { kind: "text", name: "sales_order", label: t("making.order.salesOrder"), max: 80 },
    { kind: "text", name: "note", label: t("making.order.note"), max: 2000 },
  ];
  if (released) return late;
  return [
    { kind: "text", name: "number", label: t("making.order.number"), required: true, max: 60, code: true },
    { kind: "suggestion", name: "product", label: t("making.order.product"), help: t("making.order.productHelp"), required: true, choices: products, max: 400 },
    { kind: "custom", name: "quantity", label: t("making.order.quantity"), control: <AmountControl /> },
    { kind: "text", name: "unit", label: t("making.unit"), max: 8 },
    { kind: "choice", name: "kind", label: t("making.order.kind"), choices: (["serial", "lot", "mixed"] as const).map((value) => ({ value, label: t(`making.order.kinds.${value}`) })) },
    { kind: "choice", name: "site", label: t("making.order.site"), choices: [{ value: NONE, label: t("making.order.noSite") }, ...sites.map((site) => ({ value: String(site.id), label: named(language, site.name_zh, site.name_en, site.code) }))] },
    { kind: "choice", name: "route", label: t("making.order.route"), help: t("making.order.routeHelp"), choices: [{ value: NONE, label: t("making.order.auto") }, ...routes.map((row) => ({ value: row.key, label: named(language, row.title_zh, row.title_en, row.key) }))] },
    ...late,
  ];
}

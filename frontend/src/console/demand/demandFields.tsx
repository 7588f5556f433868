import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";

import type { DemandInput, DemandLine } from "../../api/demand";
import { useSession } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import type { FormField } from "../../meta/form";
import { DayControl } from "../plant/controls";

const ANY = "any";

/** A demand line as the form has it. */
export interface DemandForm {
  customer_order: string;
  line: string;
  customer: string;
  customer_uri: string;
  product: string;
  quantity: string;
  unit: string;
  due: string | null;
  site: string;
  note: string;
}

export const NEW_DEMAND: DemandForm = { customer_order: "", line: "", customer: "", customer_uri: "", product: "", quantity: "", unit: "", due: null, site: ANY, note: "" };

export function toForm({ customer_order, line, customer, customer_uri, product, quantity, unit, due, site_id, note }: DemandLine): DemandForm {
  return { customer_order, line, customer, customer_uri: customer_uri ?? "", product, quantity, unit, due, site: site_id === null ? ANY : String(site_id), note };
}

export function toInput({ site, customer_uri, due, product, ...same }: DemandForm): DemandInput {
  return { ...same, product: product.trim(), due: due ?? "", customer_uri: customer_uri.trim() || null, site_id: site === ANY ? null : Number(site) };
}

function AmountControl({ id, value, onChange }: { id?: string; value?: string; onChange?: (value: string) => void }) {
  return <InputNumber<string> {...(id ? { id } : {})} stringMode className="wide" min="0" value={value ?? ""} onChange={(next) => onChange?.(next ?? "")} />;
}

export function useDemandFields(): FormField[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const products = useNames().choices("products");
  return [
    { kind: "text", name: "customer_order", label: t("demand.order"), required: true, max: 80, code: true },
    { kind: "text", name: "line", label: t("demand.line"), required: true, max: 20, code: true },
    { kind: "text", name: "customer", label: t("demand.customer"), required: true, max: 200 },
    { kind: "suggestion", name: "product", label: t("demand.product"), help: t("making.order.productHelp"), required: true, choices: products, max: 400 },
    { kind: "custom", name: "quantity", label: t("demand.quantity"), required: true, control: <AmountControl /> },
    { kind: "text", name: "unit", label: t("demand.unit"), help: t("demand.unitHelp"), max: 8 },
    { kind: "custom", name: "due", label: t("demand.due"), required: true, control: <DayControl clearable={false} /> },
    { kind: "choice", name: "site", label: t("demand.site"), choices: [{ value: ANY, label: t("demand.anySite") }, ...sites.map((site) => ({ value: String(site.id), label: named(language, site.name_zh, site.name_en, site.code) }))] },
    { kind: "text", name: "customer_uri", label: t("demand.customerUri"), help: t("demand.customerUriHelp"), max: 400, code: true },
    { kind: "text", name: "note", label: t("demand.note"), max: 2000 },
  ];
}

import { PrinterOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, InputNumber, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { PullRule } from "../../api/floor";
import { useMay } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { unitText } from "../../trace/units";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { amountText, materialOf, placeOf } from "./look";
import { useStations } from "./NewPull";
import { PrintCards } from "./PrintCards";

const NONE = "none";

interface CardForm {
  card: string;
  material: string;
  place: string;
  source: string;
  unit: string;
  minimum: string;
  maximum: string;
  card_quantity: string;
  lead_minutes: number;
  automatic: boolean;
  retired: boolean;
}

const NEW: CardForm = { card: "", material: "", place: "", source: NONE, unit: "", minimum: "", maximum: "", card_quantity: "", lead_minutes: 30, automatic: true, retired: false };

function AmountControl({ id, value, onChange }: { id?: string; value?: string; onChange?: (value: string) => void }) {
  return <InputNumber<string> {...(id ? { id } : {})} stringMode className="wide" min="0" value={value ?? ""} onChange={(next) => onChange?.(next ?? "")} />;
}

function useCardFields(existing: boolean): FormField[] {
  const { t } = useTranslation();
  const names = useNames();
  const stations = useStations();
  return [
    ...(existing ? [] : [{ kind: "text" as const, name: "card", label: t("pulls.cardCode"), help: t("pulls.cardCodeHelp"), max: 40, code: true }]),
    { kind: "suggestion", name: "material", label: t("pulls.material"), help: t("pulls.materialHelp"), required: true, choices: names.choices("products"), max: 400 },
    { kind: "choice", name: "place", label: t("pulls.place"), required: true, choices: stations },
    { kind: "choice", name: "source", label: t("pulls.source"), choices: [{ value: NONE, label: t("pulls.sourceNone") }, ...names.choices("places")] },
    { kind: "custom", name: "minimum", label: t("pulls.minimum"), required: true, control: <AmountControl /> },
    { kind: "custom", name: "maximum", label: t("pulls.maximum"), required: true, control: <AmountControl /> },
    { kind: "custom", name: "card_quantity", label: t("pulls.perCard"), help: t("pulls.perCardHelp"), control: <AmountControl /> },
    { kind: "text", name: "unit", label: t("pulls.unit"), help: t("pulls.unitHelp"), max: 8 },
    { kind: "number", name: "lead_minutes", label: t("pulls.leadMinutes"), least: 1, most: 10_080, unit: t("pulls.minutes") },
    { kind: "switch", name: "automatic", label: t("pulls.automatic") },
    ...(existing ? [{ kind: "switch" as const, name: "retired", label: t("pulls.retired") }] : []),
  ];
}

function Rows({ rows, onEdit }: { rows: readonly PullRule[]; onEdit: ((rule: PullRule) => void) | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  return (
    <div className="panel scroll-x" tabIndex={0} role="region" aria-label={t("pulls.tab.cards")}>
      <table className="small-table pull-table">
        <thead>
          <tr>
            <th scope="col">{t("pulls.card")}</th>
            <th scope="col">{t("pulls.what")}</th>
            <th scope="col" className="end">{t("pulls.limits")}</th>
            <th scope="col" className="end">{t("pulls.tab.stock")}</th>
            <th scope="col" className="end">{t("pulls.onCall")}</th>
            <th scope="col" className="end">{t("pulls.leadMinutes")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((rule) => {
            const unit = unitText(rule.unit, t("trace.piece"));
            return (
              <tr key={rule.id}>
                <td>
                  {onEdit ? (
                    <button type="button" className="text-link code" onClick={() => onEdit(rule)}>
                      {rule.card}
                    </button>
                  ) : (
                    <span className="code">{rule.card}</span>
                  )}{" "}
                  {rule.retired && <Tag>{t("pulls.retired")}</Tag>}
                </td>
                <td>
                  <strong>{materialOf(rule, language)}</strong> → {placeOf(rule, language)}
                  {rule.source && <small className="muted"> · {`${t("pulls.source")}: ${named(language, rule.source_zh, rule.source_en, rule.source)}`}</small>}
                </td>
                <td className="end num">{amountText(`${formats.decimal(rule.minimum)}–${formats.decimal(rule.maximum)}`, unit)}</td>
                <td className="end num">
                  {formats.decimal(rule.stock)} {Number(rule.stock) < Number(rule.minimum) && !rule.retired && <Tag color="warning">{t("pulls.below")}</Tag>}
                </td>
                <td className="end num">{Number(rule.called) > 0 ? formats.decimal(rule.called) : "–"}</td>
                <td className="end num">{`${rule.lead_minutes} ${t("pulls.minutes")}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What each line keeps, from minimum to maximum, with the card that calls for it. */
export function CardsTab() {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<PullRule | "new" | null>(null);
  const [printing, setPrinting] = useState(false);
  const existing = edited === "new" ? null : edited;
  const fields = useCardFields(existing !== null);
  const query = useQuery({ queryKey: ["pulls", "cards"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/pulls/cards", { signal })) });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const { rows } = query.data;
  const keeps = may("production:pull:configure");
  const save = async ({ card, retired, source, card_quantity, ...same }: CardForm) => {
    const body = { ...same, material: same.material.trim(), source: source === NONE ? null : source, card_quantity: card_quantity || null };
    await (existing
      ? unwrap(client.PATCH("/api/v1/production/pulls/cards/{row_id}", { params: { path: { row_id: existing.id } }, body: { ...body, retired } }))
      : unwrap(client.POST("/api/v1/production/pulls/cards", { body: { ...body, card: card.trim() } })));
    await cache.invalidateQueries({ queryKey: ["pulls"] });
  };
  const initial = existing ? { ...existing, source: existing.source ?? NONE, card_quantity: existing.card_quantity ?? "" } : NEW;
  return (
    <>
      <Flex gap={8} wrap="wrap" className="pull-bar">
        {keeps && (
          <Button type="primary" data-action="new-card" onClick={() => setEdited("new")}>
            {t("pulls.newCard")}
          </Button>
        )}
        {rows.length > 0 && (
          <Button icon={<PrinterOutlined />} onClick={() => setPrinting(true)}>
            {t("pulls.print")}
          </Button>
        )}
      </Flex>
      {rows.length === 0 ? <Empty title={t("pulls.cardsTitle")} text={t("pulls.cardsText")} /> : <Rows rows={rows} onEdit={keeps ? setEdited : null} />}
      {edited !== null && <FormDrawer<CardForm> open title={existing ? t("pulls.editCard", { card: existing.card }) : t("pulls.newCard")} fields={fields} initial={initial} onSubmit={save} onClose={() => setEdited(null)} />}
      {printing && <PrintCards rules={rows.filter(({ retired }) => !retired)} onClose={() => setPrinting(false)} />}
    </>
  );
}

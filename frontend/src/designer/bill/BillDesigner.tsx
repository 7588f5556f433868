import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Checkbox, Input, InputNumber, Segmented, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { useMay } from "../../api/session";
import { type Choice, useNames } from "../../api/vocabulary";
import { ProblemView } from "../../console/ProblemView";
import { DayControl } from "../../console/plant/controls";
import "../../i18n/making";
import "../../i18n/plant";
import { type Definition, type DefinitionProblem, useDefinition } from "../definitions";
import { DesignerFrame } from "../DesignerFrame";
import { Problems } from "../Problems";
import { useDraft, useProblems } from "../useDraft";
import "./bill.css";
import { type Alternative, BILL, type BillBody, billOf, freeLineId, type Line, newLine } from "./model";

interface FieldProps {
  label: string;
  readOnly: boolean;
}

function MaterialField({ label, readOnly, value, products, onChange }: FieldProps & { value: string; products: readonly Choice[]; onChange: (value: string) => void }) {
  return (
    <AutoComplete
      className="wide"
      aria-label={label}
      disabled={readOnly}
      placeholder={label}
      value={products.find((each) => each.value === value)?.label ?? value}
      options={[...products]}
      showSearch={{ filterOption: (typed, option) => `${option?.label ?? ""} ${option?.value ?? ""}`.toLowerCase().includes(typed.toLowerCase()) }}
      onSelect={(chosen: string) => onChange(chosen)}
      onChange={(typed: string) => {
        if (!products.some((each) => each.label === typed)) onChange(typed);
      }}
    />
  );
}

function Amount({ label, readOnly, value, onChange }: FieldProps & { value: string; onChange: (value: string) => void }) {
  return <InputNumber<string> stringMode className="wide" aria-label={label} readOnly={readOnly} min="0" value={value} onChange={(next) => onChange(next ?? "0")} />;
}

interface LineProps {
  line: Line;
  wrong: boolean;
  products: readonly Choice[];
  readOnly: boolean;
  onChange: (change: Partial<Line>, tag?: string) => void;
  onRemove: () => void;
}

function LineRow({ line, wrong, products, readOnly, onChange, onRemove }: LineProps) {
  const { t } = useTranslation();
  const name = (key: "material" | "quantity" | "operation" | "scrap" | "lineRevision" | "from" | "to") => t(`making.bill.${key}`);
  const putAlternative = (at: number, change: Partial<Alternative>) => onChange({ alternatives: line.alternatives.map((each, number) => (number === at ? { ...each, ...change } : each)) });
  return (
    <li className={wrong ? "bill-line wrong" : "bill-line"} id={`line-${line.id}`}>
      <div className="bill-fields">
        <label className="bill-material">
          <span>{name("material")}</span>
          <MaterialField label={name("material")} readOnly={readOnly} value={line.material} products={products} onChange={(material) => onChange({ material }, "material")} />
        </label>
        <label>
          <span>{name("quantity")}</span>
          <Amount label={name("quantity")} readOnly={readOnly} value={line.quantity} onChange={(quantity) => onChange({ quantity }, "quantity")} />
        </label>
        <label className="bill-unit">
          <span>{t("making.unit")}</span>
          <Input readOnly={readOnly} maxLength={8} value={line.unit} onChange={(event) => onChange({ unit: event.target.value }, "unit")} />
        </label>
        <label>
          <span>{name("lineRevision")}</span>
          <Input readOnly={readOnly} maxLength={40} placeholder={t("making.bill.anyRevision")} value={line.revision} onChange={(event) => onChange({ revision: event.target.value }, "revision")} />
        </label>
        <label>
          <span>{name("scrap")}</span>
          <Amount label={name("scrap")} readOnly={readOnly} value={line.scrap_percent} onChange={(scrap_percent) => onChange({ scrap_percent }, "scrap")} />
        </label>
        <label>
          <span>{name("operation")}</span>
          <Input className="code" readOnly={readOnly} maxLength={40} placeholder={t("making.bill.anyOperation")} value={line.operation ?? ""} onChange={(event) => onChange({ operation: event.target.value || null }, "operation")} />
        </label>
        <label>
          <span>{name("from")}</span>
          <DayControl value={line.valid_from} onChange={(valid_from) => onChange({ valid_from })} />
        </label>
        <label>
          <span>{name("to")}</span>
          <DayControl value={line.valid_to} onChange={(valid_to) => onChange({ valid_to })} />
        </label>
        <Checkbox disabled={readOnly} checked={line.phantom} onChange={(event) => onChange({ phantom: event.target.checked })}>
          {t("making.bill.phantom")}
        </Checkbox>
        {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t("making.remove")} onClick={onRemove} />}
      </div>
      {line.alternatives.map((each, at) => (
        <div key={at} className="bill-alternative">
          <span className="muted">{t("making.bill.alternatives")}</span>
          <MaterialField label={t("making.bill.alternatives")} readOnly={readOnly} value={each.material} products={products} onChange={(material) => putAlternative(at, { material })} />
          <Amount label={name("quantity")} readOnly={readOnly} value={each.quantity} onChange={(quantity) => putAlternative(at, { quantity })} />
          <Checkbox disabled={readOnly} checked={each.needs_approval} onChange={(event) => putAlternative(at, { needs_approval: event.target.checked })}>
            {t("making.bill.needsApproval")}
          </Checkbox>
          {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t("making.remove")} onClick={() => onChange({ alternatives: line.alternatives.toSpliced(at, 1) })} />}
        </div>
      ))}
      {!readOnly && (
        <Button size="small" type="link" icon={<PlusOutlined />} onClick={() => onChange({ alternatives: [...line.alternatives, { material: "", quantity: line.quantity, needs_approval: true }] })}>
          {t("making.bill.addAlternative")}
        </Button>
      )}
    </li>
  );
}

function ByProducts({ bill, products, readOnly, onChange }: { bill: BillBody; products: readonly Choice[]; readOnly: boolean; onChange: (bill: BillBody) => void }) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<BillBody["by_products"][number]>) => onChange({ ...bill, by_products: bill.by_products.map((each, number) => (number === at ? { ...each, ...change } : each)) });
  return (
    <section className="panel bill-lines" aria-label={t("making.bill.byProducts")}>
      <h2>{t("making.bill.byProducts")}</h2>
      {bill.by_products.map((each, at) => (
        <div key={at} className="bill-alternative">
          <Segmented<"co" | "by"> aria-label={t("making.bill.kind")} disabled={readOnly} value={each.kind} options={[{ value: "co", label: t("making.bill.co") }, { value: "by", label: t("making.bill.by") }]} onChange={(kind) => put(at, { kind })} />
          <MaterialField label={t("making.bill.material")} readOnly={readOnly} value={each.material} products={products} onChange={(material) => put(at, { material })} />
          <Amount label={t("making.bill.quantity")} readOnly={readOnly} value={each.quantity} onChange={(quantity) => put(at, { quantity })} />
          <Input aria-label={t("making.unit")} placeholder={t("making.unit")} readOnly={readOnly} maxLength={8} value={each.unit} onChange={(event) => put(at, { unit: event.target.value })} />
          {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t("making.remove")} onClick={() => onChange({ ...bill, by_products: bill.by_products.toSpliced(at, 1) })} />}
        </div>
      ))}
      {!readOnly && (
        <Button icon={<PlusOutlined />} onClick={() => onChange({ ...bill, by_products: [...bill.by_products, { material: "", quantity: "1", unit: "", kind: "by" }] })}>
          {t("making.bill.addByProduct")}
        </Button>
      )}
    </section>
  );
}

function wrongLines(problems: readonly DefinitionProblem[]): Set<number> {
  return new Set(problems.map(({ at }) => /\/lines\/(\d+)/.exec(at)?.[1]).filter((each) => each !== undefined).map(Number));
}

function Editor({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const names = useNames();
  const readOnly = !useMay()("designer:definition:write");
  const { document, change, undo, redo, dirty, save } = useDraft(definition, billOf);
  const bill = document.body;
  const { problems, current } = useProblems(BILL, bill);
  const wrong = wrongLines(problems);
  const products = names.choices("products");
  const put = (next: BillBody, tag?: string) => change({ ...document, body: next }, tag);
  const go = (at: string) => {
    const line = bill.lines[Number(/\/lines\/(\d+)/.exec(at)?.[1] ?? Number.NaN)];
    if (line) globalThis.document.getElementById(`line-${line.id}`)?.scrollIntoView({ block: "center" });
  };
  return (
    <DesignerFrame row={definition.row} back={{ path: "/routes?tab=bills", label: t("making.title") }} dirty={dirty} undo={undo} redo={redo} onSave={save} sound={current && problems.length === 0}>
      <div className="panel bill-head">
        <label className="bill-material">
          <span>{t("making.product")}</span>
          <MaterialField label={t("making.product")} readOnly={readOnly} value={bill.product} products={products} onChange={(product) => put({ ...bill, product }, "product")} />
        </label>
        <label>
          <span>{t("making.bill.revision")}</span>
          <Input readOnly={readOnly} maxLength={40} value={bill.revision} onChange={(event) => put({ ...bill, revision: event.target.value }, "revision")} />
        </label>
        {(["lot_minimum", "lot_multiple"] as const).map((name) => (
          <label key={name} title={t("making.bill.lotHelp")}>
            <span>{t(name === "lot_minimum" ? "making.bill.lotMinimum" : "making.bill.lotMultiple")}</span>
            <InputNumber<string> stringMode className="wide" readOnly={readOnly} min="0" value={bill[name]} placeholder={t("making.bill.lotNone")} onChange={(next) => put({ ...bill, [name]: next || null }, name)} />
          </label>
        ))}
        <label>
          <span>{t("making.nameZh")}</span>
          <Input readOnly={readOnly} maxLength={120} value={document.title_zh} onChange={(event) => change({ ...document, title_zh: event.target.value }, "titles")} />
        </label>
        <label>
          <span>{t("making.nameEn")}</span>
          <Input readOnly={readOnly} maxLength={120} value={document.title_en} onChange={(event) => change({ ...document, title_en: event.target.value }, "titles")} />
        </label>
      </div>
      <section className="panel bill-lines" aria-label={t("making.bill.lines")}>
        <h2>{t("making.bill.lines")}</h2>
        <p className="muted">{t("making.bill.hint")}</p>
        <ul>
          {bill.lines.map((line, at) => (
            <LineRow
              key={line.id}
              line={line}
              wrong={wrong.has(at)}
              products={products}
              readOnly={readOnly}
              onChange={(part, tag) => put({ ...bill, lines: bill.lines.map((each) => (each === line ? { ...each, ...part } : each)) }, tag ? `${line.id} ${tag}` : undefined)}
              onRemove={() => put({ ...bill, lines: bill.lines.filter((each) => each !== line) })}
            />
          ))}
        </ul>
        {!readOnly && (
          <Button type="primary" icon={<PlusOutlined />} data-action="add-line" onClick={() => put({ ...bill, lines: [...bill.lines, newLine(freeLineId(bill.lines))] })}>
            {t("making.bill.addLine")}
          </Button>
        )}
      </section>
      <ByProducts bill={bill} products={products} readOnly={readOnly} onChange={put} />
      <section className="panel bill-problems" aria-label={t("designer.problems.title")}>
        <Problems problems={problems} onGo={go} />
      </section>
    </DesignerFrame>
  );
}

/** A bill of materials under design. */
export default function BillDesigner() {
  const { key } = useParams();
  const query = useDefinition(BILL, key);
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  return <Editor key={key} definition={query.data} />;
}

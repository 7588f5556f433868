import { BarcodeOutlined, RightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { NUMBER_KINDS, signOf, waysOf } from "../../capture";
import { useLanguage } from "../../i18n/language";
import { KIND_ICONS } from "./kinds";
import { columnsOf, isMedia } from "./model";
import { labelOf } from "./names";
import type { FieldView, FormView, Sample } from "./sample";

interface Props {
  title: string;
  view: FormView;
  sample: Sample;
  chosen: string | null;
  onSample: (id: string, text: string) => void;
  onChoose: (id: string) => void;
}

interface RowProps extends Pick<Props, "onSample" | "onChoose"> {
  shown: FieldView;
  sample: Sample;
  text: string;
  next: boolean;
  chosen: boolean;
}

const TYPES: Partial<Record<string, string>> = { date: "date", time: "time", phone: "tel", email: "email", link: "url" };

/** An example row of a sub-table. */
function TableEntry({ shown: { field, cells, locked }, sample, onSample }: Pick<RowProps, "shown" | "sample" | "onSample">) {
  const language = useLanguage();
  return (
    <div className="phone-table">
      {columnsOf(field).map((column, at) => {
        const id = field.columns?.[at]?.id ?? "";
        const shown: FieldView = { field: column, visible: true, required: column.required, locked, worked: cells[id] ?? null, cells: {} };
        return (
          <div key={column.id}>
            <small>{labelOf(field.columns?.[at] ?? column, language)}</small>
            <Entry shown={shown} text={sample[column.id] ?? ""} onSample={onSample} />
          </div>
        );
      })}
    </div>
  );
}

function Entry({ shown: { field, locked, worked }, text, onSample }: Pick<RowProps, "shown" | "text" | "onSample">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const label = t("nodes.preview.example", { label: labelOf(field, language) });
  const set = (next: string) => onSample(field.id, next);
  if (field.kind === "formula") return <output className="phone-value">{worked ?? "—"}</output>;
  if (field.kind === "yes_no" || field.kind === "choice") {
    const options = field.kind === "yes_no" ? [{ value: "true", label: t("nodes.result.yes") }, { value: "false", label: t("nodes.result.no") }] : (field.options ?? []).map((each) => ({ value: each.value, label: language === "en" ? each.label_en : each.label_zh }));
    return (
      <span className="phone-options" role="group" aria-label={label}>
        {options.map((option) => (
          <button key={option.value} type="button" disabled={locked} aria-pressed={text === option.value} onClick={() => set(text === option.value ? "" : option.value)}>
            {option.label}
          </button>
        ))}
      </span>
    );
  }
  if (field.kind === "cascade")
    return (
      <select aria-label={label} value={text} disabled={locked} onChange={(event) => set(event.target.value)}>
        <option value="">—</option>
        {waysOf(field.options).map((way) => {
          const value = way.map((each) => each.value).join("/");
          return <option key={value} value={value}>{way.map((each) => (language === "en" ? each.label_en : each.label_zh)).join(" / ")}</option>;
        })}
      </select>
    );
  if (isMedia(field)) return <span className="phone-value">{KIND_ICONS[field.kind]}</span>;
  return (
    <span className="phone-entry">
      <input
        aria-label={label}
        type={TYPES[field.kind] ?? "text"}
        inputMode={NUMBER_KINDS.has(field.kind) ? "decimal" : undefined}
        value={text}
        disabled={locked}
        placeholder={worked ?? (field.kind === "scan" ? t("nodes.preview.scan") : "")}
        onChange={(event) => set(event.target.value)}
      />
      {signOf(field) ? <small>{signOf(field)}</small> : null}
    </span>
  );
}

function PhoneRow({ shown, sample, text, next, chosen, onSample, onChoose }: RowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { field, required, locked } = shown;
  const hint = language === "en" ? field.hint_en : field.hint_zh;
  const label = labelOf(field, language);
  const look = ["phone-row", next ? "next" : "", chosen ? "chosen" : "", locked ? "locked" : ""].join(" ");
  const choose = () => onChoose(field.id);
  if (field.kind === "columns") return null;
  if (field.kind === "section" || field.kind === "tab")
    return (
      <li className={`phone-${field.kind}`}>
        <button type="button" onClick={choose}>{label}</button>
      </li>
    );
  if (field.kind === "note")
    return (
      <li className="phone-note">
        <button type="button" onClick={choose}>{hint || label}</button>
      </li>
    );
  return (
    <li className={look}>
      <button type="button" className="phone-label" aria-pressed={chosen} onClick={choose}>
        <span aria-hidden>{KIND_ICONS[field.kind]}</span>
        {label}
        {required && <span className="phone-required">{t("nodes.preview.required")}</span>}
      </button>
      {field.kind === "sub_table" ? <TableEntry shown={shown} sample={sample} onSample={onSample} /> : <Entry shown={shown} text={text} onSample={onSample} />}
      {hint && <small>{hint}</small>}
    </li>
  );
}

/** The node as the device shows it; what is typed here are the example values that rules and formulas are worked out with. */
export function PhonePreview({ title, view, sample, chosen, onSample, onChoose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = view.fields.filter(({ visible }) => visible);
  const next = shown.find(({ field }) => field.id === view.next)?.field;
  return (
    <section className="phone" aria-label={t("nodes.preview.title")}>
      <header>
        <strong>{title}</strong>
        <small>{t("nodes.preview.station")}</small>
      </header>
      <div className="phone-prompt">
        {next ? (
          <>
            <span aria-hidden>{next.kind === "scan" ? <BarcodeOutlined /> : KIND_ICONS[next.kind]}</span>
            {t(next.kind === "scan" ? "nodes.preview.scanNow" : "nodes.preview.enterNow", { label: labelOf(next, language) })}
          </>
        ) : (
          t(shown.length === 0 ? "nodes.preview.empty" : "nodes.preview.done")
        )}
      </div>
      <ol>
        {shown.map((each) => (
          <PhoneRow
            key={each.field.id}
            shown={each}
            sample={sample}
            text={sample[each.field.id] ?? ""}
            next={each.field.id === view.next}
            chosen={each.field.id === chosen}
            onSample={onSample}
            onChoose={onChoose}
          />
        ))}
      </ol>
      <div className={next ? "phone-send" : "phone-send ready"} aria-hidden>
        {t("nodes.preview.send")} <RightOutlined />
      </div>
    </section>
  );
}

/** The control of the field that is asked for now: one at a time, large. */
import { lazy, Suspense, useState } from "react";

import { type Field, type FieldState, type FieldValue, MEDIA_KINDS, boundsOf, isScan, mastersOf, signOf, singles } from "../../capture";
import type { Way } from "../offline/disk";
import { Button } from "../parts/parts";
import { spokenChoice, spokenNumber } from "../scan/spoken";
import { usePda } from "../state";
import { type Translate, named, useText } from "../texts";
import { Keypad } from "./Keypad";
import { MasterPicker } from "./MasterPicker";
import { ScanInput } from "./ScanInput";
import { VoiceButton } from "./VoiceButton";

const MediaEditor = lazy(() => import("../media/MediaEditor"));
const CascadeEditor = lazy(() => import("./CascadeEditor"));
const DurationEditor = lazy(() => import("./DurationEditor"));
const TableEditor = lazy(() => import("./TableEditor"));

export interface EditorProps {
  state: FieldState;
  onValue: (value: FieldValue, way: Way) => void;
  onScan: (raw: string, way: Way) => void;
  onNext: () => void;
}

const asText = (value: FieldValue): string => {
  const [first] = singles(value);
  return typeof first === "string" ? first : "";
};

function numberWords(t: Translate) {
  return { digits: t("pda.spoken.digits"), also: t("pda.spoken.also"), units: t("pda.spoken.units"), minus: t("pda.spoken.minus"), point: t("pda.spoken.point"), shortens: t("pda.spoken.shortens") };
}

function NumberEditor({ state: { field, value }, onValue, onNext }: EditorProps) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const heard = (said: string) => {
    const number = spokenNumber(said, numberWords(t));
    if (number === null) return t("pda.entry.noNumber", { said });
    onValue(number, "voice");
    return null;
  };
  const { min, decimals } = boundsOf(field);
  const least = min === null ? null : Number(min);
  return (
    <>
      <Keypad label={named(language, field.label_zh, field.label_en, field.id)} value={asText(value)} unit={signOf(field)} decimals={decimals} negative={least === null ? false : least < 0} onChange={(text) => onValue(text || null, "manual")} onDone={onNext} />
      <VoiceButton onHeard={heard} />
    </>
  );
}

/** Big buttons, one for each choice; a single choice goes on by itself. */
function ChoiceEditor({ state: { field, value }, onValue, options }: EditorProps & { options: readonly { value: string | boolean; labels: readonly string[]; label: string }[] }) {
  const t = useText();
  const chosen = singles(value);
  const choose = (option: string | boolean, way: Way) => {
    if (!field.many) { onValue(option, way); return; }
    const next = chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option];
    onValue(next.length ? next : null, way);
  };
  const heard = (said: string) => {
    const found = spokenChoice(said, options);
    if (!found) return t("pda.entry.heardNothing");
    choose(found.value, "voice");
    return null;
  };
  return (
    <>
      <div className="choices" role="group" aria-label={t("pda.entry.choose")}>
        {options.map((option) => (
          <button key={String(option.value)} type="button" aria-pressed={chosen.includes(option.value)} onClick={() => choose(option.value, "manual")}>
            {option.label}
          </button>
        ))}
      </div>
      <VoiceButton onHeard={heard} />
    </>
  );
}

const INPUTS: Readonly<Record<string, string>> = { date: "date", datetime: "datetime-local", time: "time", phone: "tel", email: "email", link: "url" };

function TextEditor({ state: { field, value }, onValue, onNext }: EditorProps) {
  const { language } = usePda((state) => state.settings);
  const label = named(language, field.label_zh, field.label_en, field.id);
  const kind = INPUTS[field.kind] ?? "text";
  const local = field.kind === "datetime" ? asText(value).slice(0, 16) : asText(value);
  const change = (text: string) => onValue(text === "" ? null : field.kind === "datetime" ? withOffset(text) : text, "manual");
  const heard = (said: string) => {
    onValue(said, "voice");
    return null;
  };
  return (
    <>
      {field.multiline ? (
        <textarea aria-label={label} rows={3} value={local} onChange={(event) => change(event.target.value)} />
      ) : (
        <input
          type={kind}
          aria-label={label}
          value={local}
          enterKeyHint="done"
          autoComplete="off"
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) onNext();
          }}
        />
      )}
      {kind === "text" && <VoiceButton onHeard={heard} />}
    </>
  );
}

/** `2026-03-30T08:05` of this device's clock, with its offset. */
function withOffset(local: string): string {
  const minutes = -new Date(local).getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${local.slice(0, 16)}:00${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function Scanned({ state, onValue }: Pick<EditorProps, "state" | "onValue">) {
  const t = useText();
  const { field, scanned, value } = state;
  const [all, setAll] = useState(false);
  if (!scanned.length) return null;
  const shown = all ? scanned : scanned.slice(-4);
  const remove = (raw: string) => {
    const left = singles(value).filter((each) => !isScan(each) || each.raw !== raw);
    onValue(field.many && left.length ? left : null, "scan");
  };
  return (
    <ul className="scanned" data-count={scanned.length}>
      {shown.length < scanned.length && (
        <li>
          <Button tone="bare" onPress={() => setAll(true)}>{`… ${scanned.length}`}</Button>
        </li>
      )}
      {shown.map((each, at) => (
        <li key={`${each.raw} ${at}`}>
          <span className="code">{each.label}</span>
          <small>{[each.item?.product, each.lot, each.expiry].filter(Boolean).join(" · ")}</small>
          <Button tone="bare" icon="refused" label={t("pda.entry.remove", { code: each.label })} onPress={() => remove(each.raw)} />
        </li>
      ))}
    </ul>
  );
}

function optionsOf(field: Field, language: "zh" | "en", t: Translate) {
  if (field.kind === "yes_no") {
    const words = (key: "pda.spoken.yes" | "pda.spoken.no") => t(key).split(" ");
    return [
      { value: true, label: t("pda.entry.yes"), labels: words("pda.spoken.yes") },
      { value: false, label: t("pda.entry.no"), labels: words("pda.spoken.no") },
    ];
  }
  if (field.kind === "rating") {
    const most = Number(field.max ?? 5);
    return Array.from({ length: most }, (_, at) => ({ value: String(at + 1), label: "★".repeat(at + 1), labels: [String(at + 1)] }));
  }
  return (field.options ?? []).map(({ value, label_zh: zh, label_en: en }) => ({ value, label: named(language, zh, en, value), labels: [zh, en, value] }));
}

export function FieldEditor(props: EditorProps) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const { field } = props.state;
  const label = named(language, field.label_zh, field.label_en, field.id);
  if (field.kind === "sub_table")
    return (
      <Suspense fallback={<p className="muted">…</p>}>
        <TableEditor {...props} />
      </Suspense>
    );
  if (field.kind === "scan")
    return (
      <>
        <ScanInput label={label} placeholder={field.many ? t("pda.entry.scanMany") : t("pda.entry.scan")} onScan={props.onScan} />
        <Scanned {...props} />
      </>
    );
  if (field.kind === "duration" || field.kind === "cascade") {
    const Editor = field.kind === "duration" ? DurationEditor : CascadeEditor;
    return (
      <Suspense fallback={<p className="muted">…</p>}>
        <Editor {...props} />
      </Suspense>
    );
  }
  if (field.kind === "number" || field.kind === "percent" || field.kind === "money") return <NumberEditor {...props} />;
  if (field.kind === "choice" || field.kind === "yes_no" || field.kind === "rating") return <ChoiceEditor {...props} options={optionsOf(field, language, t)} />;
  const list = mastersOf(field);
  if (list) return <MasterPicker label={label} list={list} attribute={field.attribute ?? null} value={asText(props.state.value)} onScan={props.onScan} onChoose={(uri) => props.onValue(uri, "manual")} />;
  if (MEDIA_KINDS.has(field.kind))
    return (
      <Suspense fallback={<p className="muted">…</p>}>
        <MediaEditor state={props.state} onValue={props.onValue} />
      </Suspense>
    );
  return <TextEditor {...props} />;
}

import { Input, InputNumber, Segmented } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { type Choice, useNames } from "../../api/vocabulary";
import { useWithheld } from "../../api/session";
import { ChoiceField } from "../../fields/ChoiceField";
import { RangeField } from "../../fields/RangeField";
import { TextField } from "../../fields/TextField";
import { named, useLanguage } from "../../i18n/language";
import { parameterText } from "../wording";
import { Preview } from "./Preview";
import type { Condition, Question } from "./question";
import { useStartChoices } from "./useScope";
import { CLEARABLE } from "../../fields/clearable";

interface EventsStartProps {
  readonly draft: Question;
  readonly onDraft: (draft: Question) => void;
}

function Field({ label, children, id, wide = false }: { label: string; children: ReactNode; id?: string; wide?: boolean }) {
  return (
    <div className={wide ? "scope-field scope-field-wide" : "scope-field"}>
      {id === undefined ? <span>{label}</span> : <label htmlFor={id}>{label}</label>}
      {children}
    </div>
  );
}

type Set = (change: Partial<Record<Condition, string>>) => void;

function Measured({ draft, set }: { draft: Question; set: Set }) {
  const { t } = useTranslation();
  const names = useNames();
  const id = useId();
  const { parameter, values, low, high } = draft.conditions;
  const choices = names.choices("parameters").map(({ value }) => {
    const short = value.replace(/^urn:suyuan:vocab:parameter:/u, "");
    return { value: short, label: parameterText(names, short) };
  });
  return (
    <Field label={t("scope.events.parameter")} id={`${id}parameter`} wide>
      <div className="scope-measured">
        <ChoiceField
          id={`${id}parameter`}
          label={t("scope.events.parameter")}
          value={parameter}
          choices={choices}
          onChange={(next) => set(next ? { parameter: next } : { parameter: "", values: "", low: "", high: "" })}
        />
        {parameter && (
          <>
            <Segmented
              aria-label={t("scope.events.values")}
              value={values === "between" ? "between" : "outside"}
              onChange={(next) => set({ values: next })}
              options={(["outside", "between"] as const).map((each) => ({ value: each, label: t(`scope.events.${each}`) }))}
            />
            <InputNumber stringMode aria-label={t("scope.events.low")} placeholder={t("scope.events.low")} value={low ?? null} onChange={(next) => set({ low: next ?? "" })} />
            <InputNumber stringMode aria-label={t("scope.events.high")} placeholder={t("scope.events.high")} value={high ?? null} onChange={(next) => set({ high: next ?? "" })} />
          </>
        )}
      </div>
      {parameter && <small className="muted">{t("scope.events.limitsHelp")}</small>}
    </Field>
  );
}

/** A filter over events: whatever they made or touched is where the question starts. */
export function EventsStart({ draft, onDraft }: EventsStartProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const withheld = useWithheld();
  const id = useId();
  const choices = useStartChoices(true);
  const { conditions } = draft;
  const set: Set = (change) => {
    const next = { ...conditions, ...change };
    onDraft({ ...draft, conditions: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) });
  };
  const parties = (side: "sources" | "destinations"): Choice[] =>
    (choices.data?.[side] ?? []).map((party) => ({ value: party.uri, label: named(language, party.zh, party.en, party.uri) }));
  const choice = (name: Condition, of: readonly Choice[]) => (
    <Field key={name} label={t(`scope.events.${name}`)} id={`${id}${name}`}>
      <ChoiceField id={`${id}${name}`} label={t(`scope.events.${name}`)} value={conditions[name]} choices={of} onChange={(value) => set({ [name]: value })} />
    </Field>
  );
  const shifts = (choices.data?.shifts ?? []).map((shift) => ({ value: shift, label: shift }));
  return (
    <div className="scope-events">
      <div className="scope-fields">
        <Field label={t("scope.events.time")} wide>
          <RangeField from={conditions.since} to={conditions.until} onChange={({ from = "", to = "" }) => set({ since: from, until: to })} />
        </Field>
        {choice("step", names.choices("steps"))}
        {choice("equipment", names.choices("equipment"))}
        {!withheld("people") && choice("person", names.choices("people"))}
        {choice("place", names.choices("places"))}
        {!withheld("parties") && choice("source", parties("sources"))}
        {!withheld("parties") && choice("destination", parties("destinations"))}
        {shifts.length > 0 && choice("shift", shifts)}
        <Field label={t("scope.events.lot")} id={`${id}lot`}>
          <TextField id={`${id}lot`} label={t("scope.events.lot")} value={conditions.lot} placeholder={t("scope.events.lotHint")} onChange={(value) => set({ lot: value })} />
        </Field>
        <Field label={t("scope.events.order")} id={`${id}order`}>
          <Input id={`${id}order`} allowClear={CLEARABLE} value={conditions.order ?? ""} onChange={(event) => set({ order: event.target.value })} spellCheck={false} />
        </Field>
        {!withheld("measured") && <Measured draft={draft} set={set} />}
      </div>
      <Preview draft={draft} />
    </div>
  );
}

import { DeleteOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Flex, Input, InputNumber, Radio, Select } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { FieldHelp, type FieldHelpName } from "../../fields/FieldHelp";
import { named, useLanguage } from "../../i18n/language";
import { AI_NAMES, alphabetText, fieldText } from "./codeTexts";
import {
  ALPHABETS,
  DEFAULT_WEIGHTS,
  FIELD_NAMES,
  OWN_WEIGHTS,
  PATTERNS,
  restartChoices,
  type Segment,
  USUAL_AIS,
} from "./segments";
import { WeightFields } from "./WeightFields";
import type { RuleChoices } from "./useRules";

interface Props {
  segment: Segment;
  segments: readonly Segment[];
  choices: RuleChoices | undefined;
  faults: readonly string[];
  readOnly: boolean;
  onChange: (segment: Segment, tag: string) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

function Row({ label, help, about, children }: { label: string; help?: string; about?: FieldHelpName; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="property">
      <span className="with-help">
        <label htmlFor={id}>{label}</label>
        {about && <FieldHelp of={about} />}
      </span>
      {children(id)}
      {help && <small className="muted">{help}</small>}
    </div>
  );
}

type Of<T extends Segment["type"]> = Extract<Segment, { type: T }>;
interface Fields<T extends Segment["type"]> extends Pick<Props, "segments" | "choices" | "readOnly"> {
  segment: Of<T>;
  set: (change: Partial<Of<T>>) => void;
}

function Alphabet({ value, readOnly, onChange }: { value: string; readOnly: boolean; onChange: (alphabet: string) => void }) {
  const { t } = useTranslation();
  return (
    <Row label={t("rules.property.alphabet")} help={t("rules.property.alphabetHelp")}>
      {(id) => (
        <AutoComplete
          id={id}
          value={value}
          disabled={readOnly}
          options={Object.values(ALPHABETS).map((alphabet) => ({ value: alphabet, label: alphabetText(t, alphabet) }))}
          onChange={onChange}
          className="code"
        />
      )}
    </Row>
  );
}

function Whole({ about, label, value, least, most, readOnly, onChange, help }: { label: string; value: number; least: number; most: number; readOnly: boolean; onChange: (value: number) => void; help?: string; about?: FieldHelpName }) {
  return (
    <Row label={label} {...(help ? { help } : {})} {...(about ? { about } : {})}>
      {(id) => <InputNumber id={id} value={value} min={least} max={most} precision={0} disabled={readOnly} onChange={(next) => next !== null && onChange(next)} />}
    </Row>
  );
}

function AiFields({ segment, set, readOnly }: Fields<"ai">) {
  const { t } = useTranslation();
  const options = USUAL_AIS.map((ai) => {
    const known = AI_NAMES.find((each) => each === ai);
    return { value: ai, label: `(${ai}) ${known ? t(`rules.ais.${known}`) : ""}` };
  });
  return (
    <Row label={t("rules.property.ai")} help={t("rules.property.aiHelp")}>
      {(id) => <AutoComplete id={id} value={segment.ai} options={options} disabled={readOnly} onChange={(ai) => set({ ai })} />}
    </Row>
  );
}

function DateFields({ segment, set, readOnly }: Fields<"date">) {
  const { t } = useTranslation();
  return (
    <>
      <Row label={t("rules.property.pattern")} help={t("rules.property.patternHelp")}>
        {(id) => (
          <AutoComplete
            id={id}
            value={segment.pattern}
            disabled={readOnly}
            options={PATTERNS.map((pattern) => ({ value: pattern, label: `${pattern} · ${t(`rules.patterns.${pattern}`)}` }))}
            onChange={(pattern) => set({ pattern })}
          />
        )}
      </Row>
      <Row label={t("rules.property.dateOf")} about="ruleDateOf">
        {(id) => (
          <AutoComplete
            id={id}
            value={segment.field}
            disabled={readOnly}
            allowClear
            placeholder={t("rules.property.dateOfIssue")}
            options={[{ value: "expiry", label: fieldText(t, "expiry") }]}
            onChange={(field) => set({ field })}
          />
        )}
      </Row>
      {/y/.test(segment.pattern) && (
        <>
          <Row label={t("rules.property.yearLetters")}>
            {(id) => <Input id={id} className="code" value={segment.year_letters} disabled={readOnly} onChange={(event) => set({ year_letters: event.target.value })} />}
          </Row>
          <Whole label={t("rules.property.firstYear")} value={segment.first_year} least={1900} most={2100} readOnly={readOnly} onChange={(year) => set({ first_year: year })} />
        </>
      )}
      {/n/.test(segment.pattern) && (
        <Row label={t("rules.property.monthLetters")}>
          {(id) => <Input id={id} className="code" value={segment.month_letters} disabled={readOnly} onChange={(event) => set({ month_letters: event.target.value })} />}
        </Row>
      )}
      {/d/.test(segment.pattern) && (
        <Row label={t("rules.property.dayLetters")}>
          {(id) => <Input id={id} className="code" value={segment.day_letters} disabled={readOnly} onChange={(event) => set({ day_letters: event.target.value })} />}
        </Row>
      )}
    </>
  );
}

function SequenceFields({ segment, segments, set, readOnly }: Fields<"sequence">) {
  const { t } = useTranslation();
  return (
    <>
      <Whole about="ruleWidth" label={t("rules.property.width")} value={segment.width} least={1} most={18} readOnly={readOnly} onChange={(width) => set({ width })} />
      <Alphabet value={segment.alphabet} readOnly={readOnly} onChange={(alphabet) => set({ alphabet })} />
      <Flex gap={12}>
        <Whole label={t("rules.property.start")} value={segment.start} least={0} most={999_999_999} readOnly={readOnly} onChange={(start) => set({ start })} />
        <Whole label={t("rules.property.step")} value={segment.step} least={1} most={1000} readOnly={readOnly} onChange={(step) => set({ step })} />
      </Flex>
      <Row label={t("rules.property.restart")} help={t("rules.property.restartHelp")}>
        {(id) => (
          <Select<string[]>
            id={id}
            mode="multiple"
            value={segment.restart}
            disabled={readOnly}
            options={restartChoices(segments).map((name) => ({ value: name, label: fieldText(t, name) }))}
            onChange={(restart) => set({ restart })}
            placeholder={t("rules.cell.noRestart")}
          />
        )}
      </Row>
    </>
  );
}

function FieldFields({ segment, set, choices, readOnly }: Fields<"field">) {
  const { t } = useTranslation();
  const charsets = Object.keys(choices?.charsets ?? {});
  return (
    <>
      <Row label={t("rules.property.field")} help={t("rules.property.fieldHelp")}>
        {(id) => (
          <AutoComplete
            id={id}
            value={segment.name}
            disabled={readOnly}
            options={FIELD_NAMES.map((name) => ({ value: name, label: `${fieldText(t, name)} · ${name}` }))}
            onChange={(name) => set({ name })}
          />
        )}
      </Row>
      <Row label={t("rules.property.charset")} about="ruleCharset">
        {(id) => (
          <Select
            id={id}
            value={segment.charset}
            disabled={readOnly}
            options={charsets.map((name) => ({ value: name, label: t(`rules.charsets.${name as "digits"}`, { defaultValue: name }) }))}
            onChange={(charset) => set({ charset })}
          />
        )}
      </Row>
      <Flex gap={12}>
        <Whole label={t("rules.property.least")} value={segment.least} least={1} most={60} readOnly={readOnly} onChange={(least) => set({ least, most: Math.max(least, segment.most) })} />
        <Whole label={t("rules.property.most")} value={segment.most} least={1} most={90} readOnly={readOnly} onChange={(most) => set({ most, least: Math.min(most, segment.least) })} />
      </Flex>
      <Row label={t("rules.property.value")} help={t("rules.property.valueHelp")}>
        {(id) => <Input id={id} value={segment.value} disabled={readOnly} onChange={(event) => set({ value: event.target.value })} />}
      </Row>
    </>
  );
}

function RandomFields({ segment, set, readOnly }: Fields<"random">) {
  const { t } = useTranslation();
  return (
    <>
      <Whole label={t("rules.property.length")} value={segment.length} least={2} most={30} readOnly={readOnly} onChange={(length) => set({ length })} />
      <Alphabet value={segment.alphabet} readOnly={readOnly} onChange={(alphabet) => set({ alphabet })} />
    </>
  );
}

function CheckFields({ segment, set, choices, readOnly }: Fields<"check">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const chosen = choices?.algorithms.find(({ name }) => name === segment.algorithm);
  return (
    <>
      <Row label={t("rules.property.algorithm")} {...(chosen ? { help: chosen.source } : {})}>
        {(id) => (
          <Select
            id={id}
            value={segment.algorithm}
            disabled={readOnly}
            showSearch={{ optionFilterProp: "label" }}
            options={(choices?.algorithms ?? []).map((each) => ({ value: each.name, label: named(language, each.title_zh, each.title_en, each.name) }))}
            onChange={(algorithm) => set(algorithm === OWN_WEIGHTS ? { algorithm, weights: segment.weights ?? DEFAULT_WEIGHTS } : { algorithm })}
          />
        )}
      </Row>
      {segment.algorithm === OWN_WEIGHTS && <WeightFields weights={segment.weights} readOnly={readOnly} onChange={(weights) => set({ weights })} />}
      <Row label={t("rules.property.over")} about="ruleOver">
        {(id) => (
          <Radio.Group id={id} value={segment.over} disabled={readOnly} onChange={(event) => set({ over: event.target.value as "before" | "around" })}>
            <Radio value="before">{t("rules.over.before")}</Radio>
            <Radio value="around">{t("rules.over.around")}</Radio>
          </Radio.Group>
        )}
      </Row>
    </>
  );
}

function FieldsOf(props: Omit<Fields<never>, "segment" | "set"> & { segment: Segment; set: (change: Partial<Segment>) => void }) {
  const { t } = useTranslation();
  const { segment, set, ...rest } = props;
  switch (segment.type) {
    case "ai":
      return <AiFields segment={segment} set={set} {...rest} />;
    case "constant":
      return (
        <Row label={t("rules.property.text")} help={t("rules.property.textHelp")}>
          {(id) => <Input id={id} className="code" value={segment.text} maxLength={60} disabled={rest.readOnly} onChange={(event) => set({ text: event.target.value })} />}
        </Row>
      );
    case "date":
      return <DateFields segment={segment} set={set} {...rest} />;
    case "sequence":
      return <SequenceFields segment={segment} set={set} {...rest} />;
    case "field":
      return <FieldFields segment={segment} set={set} {...rest} />;
    case "random":
      return <RandomFields segment={segment} set={set} {...rest} />;
    case "check":
      return <CheckFields segment={segment} set={set} {...rest} />;
  }
}

/** The chosen segment: what it does, what is wrong with it, its values, its place in the row. */
export function SegmentProperties({ segment, segments, choices, faults, readOnly, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const place = segments.findIndex(({ id }) => id === segment.id);
  const set = (change: Partial<Segment>) => onChange({ ...segment, ...change } as Segment, `${segment.id}:${Object.keys(change).join()}`);
  return (
    <section className="panel properties" aria-label={t("rules.properties")}>
      <h2>{t(`rules.types.${segment.type}`)}</h2>
      <p className="muted">{t(`rules.help.${segment.type}`)}</p>
      {faults.map((fault) => (
        <p key={fault} role="alert" className="property-fault">
          {fault}
        </p>
      ))}
      <FieldsOf segment={segment} set={set} segments={segments} choices={choices} readOnly={readOnly} />
      {!readOnly && (
        <Flex gap={8} wrap>
          <Button icon={<LeftOutlined />} disabled={place === 0} onClick={() => onMove(-1)} aria-label={t("rules.moveBack")} />
          <Button icon={<RightOutlined />} disabled={place === segments.length - 1} onClick={() => onMove(1)} aria-label={t("rules.moveOn")} />
          <Button danger icon={<DeleteOutlined />} onClick={onRemove}>
            {t("rules.remove")}
          </Button>
        </Flex>
      )}
    </section>
  );
}

import { Input, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { useLanguage } from "../../i18n/language";
import { fieldText } from "./codeTexts";
import { fieldsOf, type RuleBody } from "./segments";
import type { ExampleCode, RulePreview } from "./useRules";

function grouped(value: string, language: string): string {
  return /^\d+$/.test(value) ? BigInt(value).toLocaleString(language === "en" ? "en" : "zh-CN") : value;
}

/** A code with every stretch in the colour of the segment that made it. */
function Coloured({ example, rule }: { example: ExampleCode; rule: RuleBody }) {
  const pieces: { key: string; text: string; type: string }[] = [];
  const parts = new Map(example.parts.map((part) => [part.segment, part]));
  for (const segment of rule.segments) {
    const part = parts.get(segment.id);
    if (segment.type === "ai") pieces.push({ key: segment.id, text: `(${segment.ai})`, type: "ai" });
    else if (part) pieces.push({ key: segment.id, text: part.text, type: part.type });
  }
  const whole = pieces.map(({ text }) => text).join("");
  if (whole !== example.code) return <span className="code">{example.code}</span>;
  return (
    <span className="code coloured">
      {pieces.map(({ key, text, type }) => (
        <span key={key} className={`piece segment-${type}`}>
          {text}
        </span>
      ))}
    </span>
  );
}

function Facts({ preview, rule }: { preview: RulePreview; rule: RuleBody }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { facts } = preview;
  if (!facts) return null;
  const odds = facts.collision_if_drawn;
  const rows: [string, string][] = [
    [t("rules.facts.capacity"), grouped(facts.capacity, language)],
    [t("rules.facts.length"), facts.length_least === facts.length_most ? String(facts.length_most) : `${facts.length_least}–${facts.length_most}`],
  ];
  if (facts.restarts.length > 0) rows.push([t("rules.facts.per"), facts.restarts.map((name) => fieldText(t, name)).join(t("rules.listJoin"))]);
  if (facts.guess_one_in !== null) rows.push([t("rules.facts.guess"), t("rules.facts.oneIn", { n: grouped(facts.guess_one_in, language) })]);
  if (odds !== null && !rule.segments.some(({ type }) => type === "sequence"))
    rows.push([t("rules.facts.collision"), t("rules.facts.collisionText", { odds: odds < 1e-6 ? "< 0.0001 %" : `${(odds * 100).toPrecision(2)} %` })]);
  return (
    <dl className="rule-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PanelProps {
  rule: RuleBody;
  preview: RulePreview | undefined;
  stale: boolean;
  fields: Record<string, string>;
  onFields: (fields: Record<string, string>) => void;
}

/** What the rule makes, live: the barcode, examples, what they name, capacity and odds; fields can be tried out. */
export function RulePreviewPanel({ rule, preview, stale, fields, onFields }: PanelProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const wanted = fieldsOf(rule.segments);
  const first = preview?.examples[0];
  const wrongField = (name: string) => preview?.problems.find(({ at }) => at === `/fields/${name}`);
  return (
    <section className={stale ? "panel rule-preview stale" : "panel rule-preview"} aria-label={t("rules.preview")} aria-busy={stale}>
      <h2>{t("rules.preview")}</h2>
      {!preview && rule.segments.length > 0 && <Skeleton active paragraph={{ rows: 3 }} title={false} />}
      {preview && !first && <p className="muted">{t("rules.noExample")}</p>}
      {first && (
        <>
          <div className="rule-first">
            {preview.picture && <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(preview.picture)}`} alt={t("rules.pictureAlt", { code: first.code })} />}
            <div>
              <Coloured example={first} rule={rule} />
              <span className="muted code rule-uri">{first.uri}</span>
            </div>
          </div>
          <ol className="rule-examples" aria-label={t("rules.examples")}>
            {preview.examples.slice(1).map((example) => (
              <li key={example.code}>
                <Coloured example={example} rule={rule} />
              </li>
            ))}
          </ol>
          <Facts preview={preview} rule={rule} />
        </>
      )}
      {wanted.length > 0 && (
        <fieldset className="rule-try">
          <legend>{t("rules.tryFields")}</legend>
          {wanted.map(({ name, date }) => (
            <label key={name}>
              <span>
                {fieldText(t, name)} {date && <Tag>{t("rules.isoDate")}</Tag>}
              </span>
              <Input status={wrongField(name) ? "error" : ""} value={fields[name] ?? ""} placeholder={first?.parts.find((part) => part.name === name)?.text ?? ""} onChange={(event) => onFields({ ...fields, [name]: event.target.value })} />
              {wrongField(name) && <small className="field-wrong">{language === "en" ? wrongField(name)?.title_en : wrongField(name)?.title_zh}</small>}
            </label>
          ))}
        </fieldset>
      )}
    </section>
  );
}

import { Alert, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { DecodedCode } from "../../api/contract";
import { KindGlyph } from "../../graph/KindGlyph";
import { named, useLanguage } from "../../i18n/language";
import zh from "../../i18n/zh/decode";
import { visibleCode } from "../../trace/codes";
import { kindText } from "../events/eventText";
import { Picture } from "./Picture";
import { PREFIX_LENGTHS } from "./prefix";

const FORMS = ["uri", "element_string", "raw", "digital_link", "epc_urn", "tag_uri", "tag_hex"] as const;
const FILTERS = [0, 1, 2, 3, 4, 5, 6, 7];
type Written = keyof typeof zh.written;

const isWritten = (format: string): format is Written => format in zh.written;

function Parts({ decoded }: { decoded: DecodedCode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const more = Object.entries(decoded.attributes).filter(([name]) => !/^\d+$/u.test(name));
  return (
    <section className="panel decode-parts">
      <h2>{t("decode.parts")}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("decode.part")}</th>
            <th scope="col">{t("decode.value")}</th>
            <th scope="col">{t("decode.meaning")}</th>
          </tr>
        </thead>
        <tbody>
          {decoded.parts.map((part) => (
            <tr key={`${part.ai} ${part.label_en}`}>
              <th scope="row">
                {part.ai && <span className="decode-ai code">({part.ai})</span>} {named(language, part.label_zh, part.label_en)}
                <small>{language === "zh" ? part.label_en : part.label_zh}</small>
              </th>
              <td className="code">{part.value}</td>
              <td>{part.note}</td>
            </tr>
          ))}
          {more.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                {name}
                <small>{t("decode.attributes")}</small>
              </th>
              <td className="code">{value}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface FormsProps {
  readonly decoded: DecodedCode;
  readonly prefix: number | null;
  readonly onPrefix: (prefix: number | null) => void;
  readonly filter: number | null;
  readonly onFilter: (filter: number | null) => void;
}

function Forms({ decoded, prefix, onPrefix, filter, onFilter }: FormsProps) {
  const { t } = useTranslation();
  const { forms } = decoded;
  return (
    <section className="panel decode-forms">
      <h2>{t("decode.forms")}</h2>
      <dl>
        {FORMS.map((name) => {
          const value = forms[name];
          if (!value) return null;
          return (
            <div key={name}>
              <dt>{t(`decode.form.${name}`, { scheme: forms.tag_scheme ?? "" })}</dt>
              <dd>
                <Typography.Text className="code" copyable={{ text: value, tooltips: [t("decode.copy"), t("decode.copied")] }}>
                  {visibleCode(value)}
                </Typography.Text>
              </dd>
            </div>
          );
        })}
      </dl>
      {forms.element_string && (
        <div className="decode-choices">
          <label>
            <span>{t("decode.prefix.label")}</span>
            <Select
              value={prefix ?? forms.prefix_length ?? null}
              onChange={onPrefix}
              options={[{ value: null, label: t("decode.prefix.unknown") }, ...PREFIX_LENGTHS.map((length) => ({ value: length, label: String(length) }))]}
              aria-label={t("decode.prefix.label")}
            />
          </label>
          {forms.tag_hex && (
            <label>
              <span>{t("decode.prefix.tag")}</span>
              <Select
                value={filter ?? Number(/:(\d)\./u.exec(forms.tag_uri ?? "")?.[1] ?? 0)}
                onChange={onFilter}
                options={FILTERS.map((value) => ({ value, label: String(value) }))}
                aria-label={t("decode.prefix.tag")}
              />
            </label>
          )}
          <p className="muted">{t("decode.prefix.help")}</p>
        </div>
      )}
    </section>
  );
}

/** Everything one code says. */
export function Decoded({ code, decoded, ...choices }: FormsProps & { readonly code: string }) {
  const { t } = useTranslation();
  const written = isWritten(decoded.format) ? t(`decode.written.${decoded.format}`) : decoded.format;
  return (
    <>
      <section className="panel decode-head" aria-live="polite">
        <KindGlyph kind={decoded.kind} size={44} />
        <div>
          <h2>{t("decode.understood", { kind: kindText(t, decoded.kind) })}</h2>
          <p className="muted">
            {written}
            {decoded.symbology ? ` · ${decoded.symbology}` : ""}
          </p>
          <p className="code decode-uri">{decoded.uri}</p>
        </div>
        {decoded.item_id === null ? <span className="muted">{t("decode.notOnRecord")}</span> : <Link to={`/trace?code=${encodeURIComponent(code)}`}>{t("decode.trace")}</Link>}
      </section>
      {decoded.notes.length > 0 && <Alert type="warning" showIcon title={t("decode.notes")} description={decoded.notes.join("；")} />}
      <div className="decode-columns">
        <div>
          <Parts decoded={decoded} />
          <Forms decoded={decoded} {...choices} />
        </div>
        <Picture code={code} decoded={decoded} />
      </div>
    </>
  );
}

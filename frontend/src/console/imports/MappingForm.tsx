import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { FieldHelp } from "../../fields/FieldHelp";
import { named, useLanguage } from "../../i18n/language";
import type { ColumnMapping, ImportDetail } from "./imports";

const NONE = -1;
const OFFSETS = ["+08:00", "+00:00", "+01:00", "+02:00", "+03:00", "+05:30", "+07:00", "+09:00", "-05:00", "-08:00"];

interface Props {
  detail: ImportDetail;
  mapping: ColumnMapping;
  onChange: (mapping: ColumnMapping) => void;
}

/** Which column gives which field. */
export function MappingForm({ detail, mapping, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns = detail.columns.map((column, index) => ({ value: index, label: column.name }));
  const set = (field: string, index: number) => {
    const others = Object.entries(mapping.columns).filter(([name]) => name !== field);
    onChange({ ...mapping, columns: Object.fromEntries(index === NONE ? others : [...others, [field, index]]) });
  };
  const sample = (index: number | null | undefined) => (index === null || index === undefined ? "" : (detail.columns[index]?.samples.filter(Boolean).join("、") ?? ""));
  return (
    <>
      <table className="import-mapping">
        <thead>
          <tr>
            <th scope="col">{t("imports.field")}</th>
            <th scope="col">{t("imports.from")}</th>
            <th scope="col">{t("imports.sample")}</th>
          </tr>
        </thead>
        <tbody>
          {detail.fields.map((field) => {
            const label = named(language, field.label_zh, field.label_en, field.id);
            const index = mapping.columns[field.id];
            return (
              <tr key={field.id}>
                <th scope="row">
                  {label}
                  {field.needed && <small className="import-needed">{t("imports.needed")}</small>}
                </th>
                <td>
                  <Select
                    className="wide"
                    aria-label={label}
                    status={field.needed && index === undefined ? "error" : ""}
                    showSearch={{ optionFilterProp: "label" }}
                    value={index ?? NONE}
                    options={[{ value: NONE, label: t("imports.nothing") }, ...columns]}
                    onChange={(chosen) => set(field.id, chosen)}
                  />
                </td>
                <td className="muted import-cell">{sample(index)}</td>
              </tr>
            );
          })}
          {!detail.master && (
            <tr>
              <th scope="row">
                {t("imports.taken")}
                <FieldHelp of="importTaken" />
              </th>
              <td>
                <Select className="wide" aria-label={t("imports.taken")} value={mapping.taken ?? NONE} options={[{ value: NONE, label: t("imports.now") }, ...columns]} onChange={(chosen) => onChange({ ...mapping, taken: chosen === NONE ? null : chosen })} />
              </td>
              <td className="muted import-cell">{sample(mapping.taken)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {!detail.master && (
        <div className="import-common">
          <div className="with-help">
          <label>
            {t("imports.offset")}
            <Select className="wide" aria-label={t("imports.offset")} value={mapping.offset} options={[...new Set([mapping.offset, ...OFFSETS])].map((value) => ({ value, label: value }))} onChange={(offset) => onChange({ ...mapping, offset })} />
          </label>
            <FieldHelp of="importOffset" />
          </div>
          <label>
            {t("imports.station")}
            <Input className="code" value={mapping.station ?? ""} maxLength={500} onChange={(event) => onChange({ ...mapping, station: event.target.value.trim() || null })} />
            <small className="muted">{t("imports.stationHelp")}</small>
          </label>
        </div>
      )}
    </>
  );
}

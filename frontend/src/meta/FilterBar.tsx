import { FilterOutlined } from "@ant-design/icons";
import { Badge, Button, Drawer } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Choice } from "../api/vocabulary";
import { ChoiceField } from "../fields/ChoiceField";
import { ItemField } from "../fields/ItemField";
import { RangeField } from "../fields/RangeField";
import { TextField } from "../fields/TextField";
import { useScreen } from "../theme/screen";
import type { Filters } from "./filters";

/** One filter, as data. A `range` sets the two parameters `from` and `to`. */
export type FilterField =
  | { kind: "range"; label: string }
  | { kind: "text"; name: string; label: string; placeholder?: string }
  | { kind: "item"; name: string; label: string; placeholder?: string }
  | { kind: "choice"; name: string; label: string; choices: readonly Choice[] };

interface OneValueProps {
  field: Exclude<FilterField, { kind: "range" }>;
  id: string;
  value: string | undefined;
  onChange: (value: string) => void;
}

function OneValue({ field, ...rest }: OneValueProps) {
  if (field.kind === "choice") return <ChoiceField {...rest} label={field.label} choices={field.choices} />;
  const shared = { ...rest, label: field.label, ...(field.placeholder ? { placeholder: field.placeholder } : {}) };
  return field.kind === "item" ? <ItemField {...shared} /> : <TextField {...shared} />;
}

function Control({ field, filters }: { field: FilterField; filters: Filters }) {
  const { values, set } = filters;
  const id = useId();
  if (field.kind === "range") {
    return (
      <div className="filter filter-range">
        <span>{field.label}</span>
        <RangeField from={values.from} to={values.to} onChange={set} />
      </div>
    );
  }
  return (
    <div className="filter">
      <label htmlFor={id}>{field.label}</label>
      <OneValue field={field} id={id} value={values[field.name]} onChange={(value) => set({ [field.name]: value })} />
    </div>
  );
}

/** The filters of a list, drawn from their descriptions: in a row where there is room, behind a button on a phone. */
export function FilterBar({ fields, filters }: { fields: readonly FilterField[]; filters: Filters }) {
  const { t } = useTranslation();
  const phone = useScreen() === "phone";
  const [open, setOpen] = useState(false);
  const controls = fields.map((field) => <Control key={field.kind === "range" ? "range" : field.name} field={field} filters={filters} />);
  const clear = filters.active > 0 && (
    <Button type="link" className="filter-clear" onClick={filters.clear}>
      {t("list.clearFilters")}
    </Button>
  );
  if (!phone) {
    return (
      <search className="filters panel">
        {controls}
        {clear}
      </search>
    );
  }
  return (
    <>
      <Badge count={filters.active} color="#0b6074" className="filter-button">
        <Button icon={<FilterOutlined />} onClick={() => setOpen(true)} block>
          {t("list.filters")}
        </Button>
      </Badge>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="85%" title={t("list.filters")} extra={clear}>
        <search className="filters">{controls}</search>
      </Drawer>
    </>
  );
}

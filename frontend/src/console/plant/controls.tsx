import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Checkbox, DatePicker, Input, Select, TimePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PlantPerson } from "../../api/production";
import { named, useLanguage } from "../../i18n/language";

interface Control<Value> {
  id?: string;
  value?: Value;
  onChange?: (value: Value) => void;
}

/** A day as `YYYY-MM-DD`. */
export function DayControl({ id, value, onChange, clearable = true }: Control<string | null> & { clearable?: boolean }) {
  return (
    <DatePicker {...(id ? { id } : {})} className="wide" allowClear={clearable} value={value ? dayjs(value) : null} onChange={(day) => onChange?.(day?.format("YYYY-MM-DD") ?? null)} />
  );
}

/** A time of day as `HH:mm`. */
export function TimeControl({ id, value, onChange }: Control<string>) {
  return (
    <TimePicker
      {...(id ? { id } : {})}
      className="wide"
      format="HH:mm"
      minuteStep={5}
      allowClear={false}
      needConfirm={false}
      value={value ? dayjs(`2000-01-01T${value}`) : null}
      onChange={(time) => onChange?.(time?.format("HH:mm") ?? "08:00")}
    />
  );
}

export function WeekdaysControl({ value, onChange }: Control<number[]>) {
  const { t } = useTranslation();
  const days = ["1", "2", "3", "4", "5", "6", "7"] as const;
  return <Checkbox.Group options={days.map((day) => ({ value: Number(day), label: t(`plant.weekday.${day}`) }))} value={value ?? []} onChange={(chosen) => onChange?.([...chosen].sort())} />;
}

function usePeople(people: readonly PlantPerson[]) {
  const language = useLanguage();
  return people.map((person) => ({ value: person.uri, label: `${named(language, person.name_zh, person.name_en, person.code)} · ${person.code}` }));
}

/** People of the master data, or badge numbers typed. */
export function PeopleControl({ id, value, onChange, people }: Control<string[]> & { people: readonly PlantPerson[] }) {
  const options = usePeople(people);
  return <Select {...(id ? { id } : {})} mode="tags" className="wide" value={value ?? []} options={options} onChange={(chosen: string[]) => onChange?.(chosen)} showSearch={{ optionFilterProp: "label" }} />;
}

export function PersonControl({ id, value, onChange, people }: Control<string> & { people: readonly PlantPerson[] }) {
  const options = usePeople(people);
  return (
    <AutoComplete
      {...(id ? { id } : {})}
      className="wide"
      value={value ?? ""}
      options={options}
      onChange={(chosen: string) => onChange?.(chosen)}
      showSearch={{ filterOption: (typed, option) => (option?.label ?? "").toLowerCase().includes(typed.toLowerCase()) }}
    />
  );
}

type Extra = Record<string, unknown>;

/** A plant's own fields: names and values that people choose. */
export function ExtraControl({ value, onChange }: Control<Extra>) {
  const { t } = useTranslation();
  const [pairs, setPairs] = useState<[string, string][]>(() => Object.entries(value ?? {}).map(([name, each]) => [name, String(each)]));
  const put = (next: [string, string][]) => {
    setPairs(next);
    onChange?.(Object.fromEntries(next.filter(([name]) => name.trim()).map(([name, each]) => [name.trim(), each])));
  };
  return (
    <div className="extra-fields">
      {pairs.map(([name, each], at) => (
        <div key={at} className="extra-field">
          <Input aria-label={t("plant.field.extraName")} placeholder={t("plant.field.extraName")} maxLength={60} value={name} onChange={(typed) => put(pairs.with(at, [typed.target.value, each]))} />
          <Input aria-label={t("plant.field.extraValue")} placeholder={t("plant.field.extraValue")} maxLength={400} value={each} onChange={(typed) => put(pairs.with(at, [name, typed.target.value]))} />
          <Button type="text" aria-label={t("plant.field.removeExtra")} icon={<MinusCircleOutlined />} onClick={() => put(pairs.toSpliced(at, 1))} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => put([...pairs, ["", ""]])}>
        {t("plant.field.addExtra")}
      </Button>
    </div>
  );
}

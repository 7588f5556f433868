import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { AndonLevel } from "../../api/floor";
import { named, useLanguage } from "../../i18n/language";

const MOST = 6;

/** Roles and people by name; `role:3` and `person:7` are their words in lists. */
export function useAddressees() {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useQuery({ queryKey: ["andon-addressees"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon/addressees", { signal })), staleTime: 60_000 });
  const options = (["roles", "people"] as const).map((kind) => ({
    label: t(kind === "roles" ? "andon.role" : "andon.person"),
    options: (query.data?.[kind] ?? []).map(({ id, name_zh, name_en }) => ({ value: `${kind}:${id}`, label: named(language, name_zh, name_en) })),
  }));
  const names = new Map(options.flatMap(({ options: each }) => each.map(({ value, label }) => [value, label] as const)));
  return { options, namesOf: (level: AndonLevel) => wordsOf(level).map((word) => names.get(word) ?? word) };
}

const wordsOf = ({ roles, people }: AndonLevel): string[] => [...roles.map((id) => `roles:${id}`), ...people.map((id) => `people:${id}`)];
const idsOf = (words: readonly string[], kind: string): number[] => words.filter((word) => word.startsWith(`${kind}:`)).map((word) => Number(word.split(":")[1]));

/** The levels of a kind of call: minutes, condition, and whom it reaches. */
export function LevelsControl({ value = [], onChange }: { value?: readonly AndonLevel[]; onChange?: (levels: AndonLevel[]) => void }) {
  const { t } = useTranslation();
  const { options } = useAddressees();
  const put = (at: number, change: Partial<AndonLevel>) => onChange?.(value.map((level, place) => (place === at ? { ...level, ...change } : level)));
  return (
    <div className="andon-levels">
      {value.map((level, at) => (
        <fieldset key={at} className="andon-level">
          <legend className="num">{at + 1}</legend>
          <InputNumber<number> min={0} max={10_080} value={level.after_minutes} aria-label={`${at + 1}: ${t("andon.minutes")}`} suffix={t("andon.minutes")} onChange={(minutes) => put(at, { after_minutes: minutes ?? 0 })} />
          <Select value={level.unless} aria-label={`${at + 1}: ${t("andon.column.levels")}`} options={(["acknowledged", "resolved"] as const).map((unless) => ({ value: unless, label: t(`andon.unless.${unless}`) }))} onChange={(unless) => put(at, { unless })} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("andon.removeLevel", { level: at + 1 })} onClick={() => onChange?.(value.filter((_, place) => place !== at))} />
          <Select
            className="andon-whom"
            mode="multiple"
            value={wordsOf(level)}
            placeholder={t("andon.whom")}
            aria-label={`${at + 1}: ${t("andon.whom")}`}
            options={options}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(words: string[]) => put(at, { roles: idsOf(words, "roles"), people: idsOf(words, "people") })}
          />
        </fieldset>
      ))}
      {value.length < MOST && (
        <Button icon={<PlusOutlined />} onClick={() => onChange?.([...value, { after_minutes: value.length === 0 ? 0 : (value.at(-1)?.after_minutes ?? 0) + 10, unless: "acknowledged", roles: [], people: [] }])}>
          {t("andon.addLevel")}
        </Button>
      )}
    </div>
  );
}

import { DeleteOutlined, PlusOutlined, SubnodeOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";

import { named, useLanguage } from "../../i18n/language";
import type { Option } from "./model";

/** Levels of a cascade, as the server allows. */
const DEEPEST = 4;
const WORDS = ["label_zh", "label_en", "value"] as const;

interface Props {
  options: readonly Option[];
  readOnly: boolean;
  onChange: (options: Option[]) => void;
  level?: number;
}

function free(options: readonly Option[]): string {
  let number = options.length + 1;
  while (options.some(({ value }) => value === `option_${number}`)) number += 1;
  return `option_${number}`;
}

const fresh = (options: readonly Option[]): Option => ({ value: free(options), label_zh: "", label_en: "" });

/** The choices of a cascade: each with what can be chosen under it, indented. */
export function CascadeSettings({ options, readOnly, onChange, level = 1 }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = (at: number, next: Partial<Option>) => onChange(options.map((each, number) => (number === at ? { ...each, ...next } : each)));
  return (
    <fieldset className="node-options" data-level={level}>
      {level === 1 && <legend>{t("nodes.property.cascade")}</legend>}
      {options.map((option, at) => {
        const under = option.options ?? [];
        const name = named(language, option.label_zh, option.label_en, option.value);
        return (
          <div key={at} className="cascade-option">
            {WORDS.map((word) => (
              <Input
                key={word}
                value={option[word]}
                disabled={readOnly}
                maxLength={80}
                aria-label={t("nodes.property.option", { number: at + 1, what: t(`nodes.property.${word}`) })}
                placeholder={t(`nodes.property.${word}`)}
                status={option[word] === "" || (word === "value" && option.value.includes("/")) ? "error" : ""}
                className={word === "value" ? "code" : ""}
                onChange={(event) => change(at, { [word]: event.target.value })}
              />
            ))}
            {!readOnly && (
              <span className="cascade-tools">
                {level < DEEPEST && <Button type="text" icon={<SubnodeOutlined />} aria-label={t("nodes.property.addUnder", { name })} title={t("nodes.property.addUnder", { name })} onClick={() => change(at, { options: [...under, fresh(under)] })} />}
                <Button type="text" icon={<DeleteOutlined />} aria-label={t("nodes.property.removeOption", { number: at + 1 })} onClick={() => onChange(options.filter((_, number) => number !== at))} />
              </span>
            )}
            {under.length > 0 && <CascadeSettings options={under} readOnly={readOnly} level={level + 1} onChange={(next) => change(at, { options: next })} />}
          </div>
        );
      })}
      {!readOnly && level === 1 && (
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...options, fresh(options)])}>
          {t("nodes.property.addOption")}
        </Button>
      )}
    </fieldset>
  );
}

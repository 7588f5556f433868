import { Checkbox, Input, InputNumber, Space } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { DEFAULT_WEIGHTS, type Weights } from "./segments";

interface WeightFieldsProps {
  weights: Weights | undefined;
  readOnly: boolean;
  onChange: (weights: Weights) => void;
}

const numbersIn = (text: string): number[] => text.split(/[^0-9]+/).filter(Boolean).map(Number);

/** A check digit's own weights: what each character counts, and how the sum becomes a character. */
export function WeightFields({ weights: given, readOnly, onChange }: WeightFieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  const weights = { ...DEFAULT_WEIGHTS, ...given };
  const [typed, setTyped] = useState<string | null>(null);
  const text = (name: "alphabet" | "check_alphabet") => (
    <div className="property">
      <label htmlFor={`${id}${name}`}>{t(`rules.weights.${name}`)}</label>
      <Input id={`${id}${name}`} className="code" value={weights[name]} maxLength={100} disabled={readOnly} onChange={(event) => onChange({ ...weights, [name]: event.target.value })} />
    </div>
  );
  return (
    <>
      <div className="property">
        <label htmlFor={`${id}weights`}>{t("rules.weights.weights")}</label>
        <Input
          id={`${id}weights`}
          className="code"
          value={typed ?? weights.weights.join(", ")}
          disabled={readOnly}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange({ ...weights, weights: numbersIn(event.target.value) });
          }}
          onBlur={() => setTyped(null)}
        />
        <small className="muted">{t("rules.weights.weightsHelp")}</small>
      </div>
      <div className="property">
        <label htmlFor={`${id}modulus`}>{t("rules.weights.modulus")}</label>
        <InputNumber id={`${id}modulus`} min={2} max={999} precision={0} value={weights.modulus} disabled={readOnly} onChange={(modulus) => modulus !== null && onChange({ ...weights, modulus })} />
      </div>
      {text("alphabet")}
      {text("check_alphabet")}
      <Space orientation="vertical" size={4}>
        {(["from_left", "digit_sum", "complement"] as const).map((name) => (
          <Checkbox key={name} checked={weights[name]} disabled={readOnly} onChange={(event) => onChange({ ...weights, [name]: event.target.checked })}>
            {t(`rules.weights.${name}`)}
          </Checkbox>
        ))}
      </Space>
    </>
  );
}

/** A length of time by big keys, as on a kitchen clock: digits come in from the right, `1 3 0` is 0:01:30. */
import { useState } from "react";

import { clockOf } from "../../capture";
import { named } from "../texts";
import { usePda } from "../state";
import type { EditorProps } from "./FieldEditor";
import { Keypad } from "./Keypad";

const MOST_DIGITS = 7;

/** Digits as `h:mm:ss`, before minutes and seconds over 59 are carried on. */
function shown(digits: string): string {
  if (digits === "") return "";
  const full = digits.padStart(5, "0");
  return `${full.slice(0, -4)}:${full.slice(-4, -2)}:${full.slice(-2)}`;
}

function secondsOf(digits: string): string | null {
  if (digits === "") return null;
  const full = digits.padStart(6, "0");
  return String(Number(full.slice(0, -4)) * 3600 + Number(full.slice(-4, -2)) * 60 + Number(full.slice(-2)));
}

const digitsIn = (text: string): string => text.replace(/\D/gu, "").replace(/^0+(?=\d)/u, "").slice(0, MOST_DIGITS);

export default function DurationEditor({ state: { field, value }, onValue, onNext }: EditorProps) {
  const { language } = usePda((state) => state.settings);
  const given = typeof value === "string" ? value : "";
  const [typed, setTyped] = useState<{ digits: string; value: string } | null>(null);
  // what was typed stays as it was typed, as long as it is what the field holds
  const digits = typed?.value === given ? typed.digits : given === "" ? "" : digitsIn(clockOf(given));
  const change = (text: string) => {
    const next = digitsIn(text);
    const seconds = secondsOf(next);
    setTyped({ digits: next, value: seconds ?? "" });
    onValue(seconds, "manual");
  };
  return <Keypad label={named(language, field.label_zh, field.label_en, field.id)} value={shown(digits)} unit="h:mm:ss" decimals={0} negative={false} onChange={change} onDone={onNext} />;
}

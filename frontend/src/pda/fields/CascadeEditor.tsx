/** A choice step by step: one level on the screen, the way so far above it. */
import { useState } from "react";

import { type Option, wayTo } from "../../capture";
import { usePda } from "../state";
import { named, useText } from "../texts";
import type { EditorProps } from "./FieldEditor";

export default function CascadeEditor({ state: { field, value }, onValue }: EditorProps) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const given = typeof value === "string" ? value : "";
  const [open, setOpen] = useState<readonly Option[] | null>(null);
  const chosen = wayTo(field.options, given);
  // a chosen way is shown with the choices beside its last step
  const way = open ?? chosen.slice(0, -1);
  const level = way[way.length - 1]?.options ?? field.options ?? [];
  const nameOf = (option: Option) => named(language, option.label_zh, option.label_en, option.value);
  const choose = (option: Option) => {
    const next = [...way, option];
    if (option.options?.length) {
      setOpen(next);
      if (given !== "") onValue(null, "manual");
      return;
    }
    setOpen(null);
    onValue(next.map((each) => each.value).join("/"), "manual");
  };
  return (
    <>
      {way.length > 0 && (
        <nav className="crumbs" aria-label={t("pda.entry.way")}>
          <button type="button" onClick={() => setOpen([])}>{t("pda.entry.wayStart")}</button>
          {way.map((option, at) => (
            <button key={option.value} type="button" onClick={() => setOpen(way.slice(0, at + 1))}>
              {nameOf(option)}
            </button>
          ))}
        </nav>
      )}
      <div className="choices" role="group" aria-label={t("pda.entry.choose")}>
        {level.map((option) => (
          <button key={option.value} type="button" aria-pressed={chosen[way.length]?.value === option.value} onClick={() => choose(option)}>
            {nameOf(option)}
            {option.options?.length ? " ›" : ""}
          </button>
        ))}
      </div>
    </>
  );
}

/** An entry of the master data: scanned, or found by a few letters of its name or code. */
import { useState } from "react";

import type { Master, Masters } from "../../capture";
import { usePda } from "../state";
import { named, useText } from "../texts";
import { ScanInput } from "./ScanInput";

const SHOWN = 60;
const NONE: readonly Master[] = [];

export function MasterPicker({ label, list, attribute = null, value, onScan, onChoose }: { label: string; list: keyof Masters; attribute?: string | null; value: string; onScan: (raw: string, way: "scan" | "manual" | "camera") => void; onChoose: (uri: string) => void }) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const masters = usePda((state) => state.station?.masters[list] ?? NONE);
  const [search, setSearch] = useState("");
  const sought = search.trim().toLowerCase();
  const found = masters.filter(({ code, name_zh: zh, name_en: en }) => !sought || [code, zh, en].some((text) => text?.toLowerCase().includes(sought)));
  return (
    <div className="picker">
      <ScanInput label={label} placeholder={t("pda.entry.scan")} onScan={onScan} camera={false} />
      {masters.length > 8 && <input type="search" aria-label={t("pda.entry.find")} placeholder={t("pda.entry.find")} value={search} onChange={(event) => setSearch(event.target.value)} />}
      <div className="picker-list" role="group" aria-label={label}>
        {found.slice(0, SHOWN).map((each) => (
          <button key={each.uri} type="button" aria-pressed={each.uri === value} onClick={() => onChoose(each.uri)}>
            <strong>{named(language, each.name_zh, each.name_en, each.code)}</strong>
            <small className="code">{[each.code, attribute && each.attributes?.[attribute]].filter((text) => typeof text === "string" && text).join(" · ")}</small>
          </button>
        ))}
        {found.length === 0 && <p className="muted">{t("pda.entry.nothing")}</p>}
      </div>
    </div>
  );
}

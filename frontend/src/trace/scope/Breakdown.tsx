import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { tailOf } from "../../api/vocabulary";
import { useWithheld } from "../../api/session";
import { kindText } from "../../console/events/eventText";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { useScreen } from "../../theme/screen";
import { panelId, TabBar, tabId } from "../TabBar";
import { type Grouping, GROUPINGS, type Narrowed, type ScopeSummary } from "./question";
import { standingText } from "./scopeText";

const SHOWN = 8;

interface CountProps {
  readonly summary: ScopeSummary;
  readonly by: Grouping;
  readonly narrowed: Narrowed;
  readonly onNarrow: (change: Narrowed) => void;
}

/** One count as bars: certain and possible stacked, longest first; a click lists these items. */
function Count({ summary, by, narrowed, onNarrow }: CountProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const withheld = useWithheld();
  const [all, setAll] = useState(false);
  const { groups, others } = summary[by];
  const listed = groups.filter((group) => group.certain + group.possible > 0);
  const most = Math.max(1, ...listed.map((group) => group.certain + group.possible));
  const name = (value: string | null, zh: string | null, en: string | null): string => {
    if (value === null) return t(`scope.count.none.${by}`);
    if (by === "state") return standingText(t, value);
    if (by === "kind") return kindText(t, value);
    return named(language, zh, en, tailOf(value));
  };
  if (!listed.length) return <p className="muted">{by === "customer" && withheld("parties") ? t("withheld.value") : t("scope.count.nothing")}</p>;
  return (
    <>
      <ul className="scope-bars">
        {listed.slice(0, all ? undefined : SHOWN).map((group) => {
          const value = group.value ?? "";
          const count = group.certain + group.possible;
          const chosen = narrowed[by] === value;
          return (
            <li key={value}>
              <button type="button" aria-pressed={chosen} className={chosen ? "scope-bar scope-bar-chosen" : "scope-bar"} onClick={() => onNarrow({ [by]: chosen ? undefined : value })}>
                <span className="scope-bar-name" title={group.value ?? undefined}>
                  {name(group.value, group.name_zh, group.name_en)}
                </span>
                <span className="scope-bar-track" aria-hidden="true">
                  {group.certain > 0 && <i className="compare-certain" style={{ width: `${(100 * group.certain) / most}%` }} />}
                  {group.possible > 0 && <i className="compare-possible" style={{ width: `${(100 * group.possible) / most}%` }} />}
                </span>
                <b className="num">{formats.number(count)}</b>
              </button>
            </li>
          );
        })}
      </ul>
      {listed.length > SHOWN && (
        <button type="button" className="text-link" onClick={() => setAll(!all)}>
          {all ? t("scope.count.fewer") : t("scope.count.more", { count: listed.length - SHOWN })}
        </button>
      )}
      {others > 0 && <p className="muted">{t("scope.count.others", { shown: formats.number(others) })}</p>}
    </>
  );
}

/** The scope counted by product, lot, place, customer, state and kind. */
export function Breakdown({ summary, narrowed, onNarrow }: Omit<CountProps, "by">) {
  const { t } = useTranslation();
  const id = useId();
  const desktop = useScreen() === "desktop";
  const [active, setActive] = useState<Grouping>("product");
  if (summary.certain + summary.possible === 0) return null;
  if (desktop) {
    return (
      <div className="scope-counts">
        {GROUPINGS.map((by) => (
          <section key={by} className="panel" aria-labelledby={`${id}${by}`}>
            <h2 id={`${id}${by}`}>{t(`scope.count.${by}`)}</h2>
            <Count summary={summary} by={by} narrowed={narrowed} onNarrow={onNarrow} />
          </section>
        ))}
      </div>
    );
  }
  return (
    <section className="panel" aria-label={t("scope.count.title")}>
      <TabBar<Grouping> id={id} label={t("scope.count.title")} active={active} onActive={setActive} tabs={GROUPINGS.map((key) => ({ key, label: t(`scope.count.${key}`) }))} />
      <div role="tabpanel" id={panelId(id)} aria-labelledby={tabId(id, active)} className="scope-count-pane">
        <Count key={active} summary={summary} by={active} narrowed={narrowed} onNarrow={onNarrow} />
      </div>
    </section>
  );
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { TraceAnswer, TracedActor } from "../api/contract";
import { useMay, useWithheld } from "../api/session";
import { useNames } from "../api/vocabulary";
import { named, useLanguage } from "../i18n/language";

/** Joined over the answers, busiest first. */
export function joined(lists: readonly (readonly TracedActor[])[]): TracedActor[] {
  const found = new Map<string, TracedActor>();
  for (const entry of lists.flat()) {
    const known = found.get(entry.uri);
    found.set(entry.uri, known ? { ...known, events: known.events + entry.events } : entry);
  }
  return [...found.values()].sort((a, b) => b.events - a.events);
}

function Bars({ title, empty, group, entries }: { title: string; empty: string; group: "people" | "equipment"; entries: readonly TracedActor[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const language = useLanguage();
  const may = useMay();
  const nameOf = (entry: TracedActor): string => named(language, entry.name_zh, entry.name_en) || names.of(group, entry.uri);
  const most = Math.max(1, ...entries.map((entry) => entry.events));
  const filter = group === "people" ? "person" : "equipment";
  return (
    <section>
      <h3>{title}</h3>
      {!entries.length && <p className="muted">{empty}</p>}
      <ul className="bars">
        {entries.map((entry) => (
          <li key={entry.uri}>
            <span className="bars-name">{nameOf(entry)}</span>
            <span className="bars-track" aria-hidden="true">
              <i style={{ inlineSize: `${(entry.events / most) * 100}%` }} />
            </span>
            <span className="num bars-count">{t("trace.people.events", { count: entry.events })}</span>
            {may("trace:event:read") && (
              <Link to={`/events?${filter}=${encodeURIComponent(entry.uri)}`} aria-label={`${t("trace.people.see")} ${nameOf(entry)}`}>
                {t("trace.people.see")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who and what had a hand in it. */
export function PeopleAndMachines({ answers }: { answers: readonly TraceAnswer[] }) {
  const { t } = useTranslation();
  const withheld = useWithheld();
  const people = useMemo(() => joined(answers.map((answer) => answer.people)), [answers]);
  const equipment = useMemo(() => joined(answers.map((answer) => answer.equipment)), [answers]);
  return (
    <div className="pane two-columns">
      <Bars title={t("trace.people.people")} empty={withheld("people") ? t("withheld.value") : t("trace.people.nonePeople")} group="people" entries={people} />
      <Bars title={t("trace.people.equipment")} empty={t("trace.people.noneEquipment")} group="equipment" entries={equipment} />
    </div>
  );
}

import { EnvironmentOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { kindText } from "../console/events/eventText";
import { useFormats } from "../i18n/format";
import type { ScopeItem } from "./genealogy";
import { stateText, useWording } from "./wording";

interface Place {
  readonly name: string;
  readonly total: number;
  readonly possible: number;
  readonly kinds: ReadonlyMap<string, number>;
}

/** Where the items of the scope are now, fullest first. */
export function placesOf(items: readonly ScopeItem[], name: (item: ScopeItem) => string): Place[] {
  const found = new Map<string, { name: string; total: number; possible: number; kinds: Map<string, number> }>();
  for (const item of items) {
    if (item.verdict === "excluded" || item.role === "condition") continue;
    const place = name(item);
    const entry = found.get(place) ?? { name: place, total: 0, possible: 0, kinds: new Map<string, number>() };
    entry.total++;
    if (item.verdict === "possible") entry.possible++;
    entry.kinds.set(item.kind, (entry.kinds.get(item.kind) ?? 0) + 1);
    found.set(place, entry);
  }
  return [...found.values()].sort((a, b) => b.total - a.total);
}

/** Where everything in the scope is now: plants, warehouses, customers, and in what state. */
export function Places({ items }: { items: readonly ScopeItem[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const wording = useWording();
  const places = useMemo(() => placesOf(items, wording.place), [items, wording]);
  const states = useMemo(() => {
    const counts = new Map<string, number>();
    for (const item of items) if (item.state && item.verdict !== "excluded") counts.set(item.state, (counts.get(item.state) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }, [items]);
  if (!places.length) return <p className="muted pane">{t("trace.places.none")}</p>;
  const most = Math.max(...places.map((place) => place.total));
  return (
    <div className="pane">
      {states.length > 0 && (
        <p className="states">
          <span className="muted">{t("trace.places.states")}</span>
          {states.map(([state, count]) => (
            <Tag key={state}>
              {stateText(t, state)} <b className="num">{formats.number(count)}</b>
            </Tag>
          ))}
        </p>
      )}
      <ul className="bars bars-places">
        {places.map((place) => (
          <li key={place.name}>
            <span className="bars-name">
              <EnvironmentOutlined aria-hidden /> {place.name || t("trace.places.unknown")}
              <small className="muted">{[...place.kinds].map(([kind, count]) => `${kindText(t, kind)} ${count}`).join(" · ")}</small>
            </span>
            <span className="bars-track" aria-hidden="true">
              <i style={{ inlineSize: `${((place.total - place.possible) / most) * 100}%` }} />
              <i className="bars-possible" style={{ inlineSize: `${(place.possible / most) * 100}%` }} />
            </span>
            <span className="num bars-count">
              {t("trace.places.count", { count: place.total })}
              {place.possible > 0 && <small className="muted">{t("trace.places.share", { count: place.possible })}</small>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

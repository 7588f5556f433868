/** What was entered, field by field; on a wide screen by tab and in columns, on a narrow one in order under headings. */
import { type KeyboardEvent, useState, useSyncExternalStore } from "react";

import { type FieldState, SILENT_KINDS, type Tab, clockOf, isAttachment, isFilled, isScan, lacks, mastersOf, signOf, singles, tabsOf, wayTo } from "../../capture";
import { Icon } from "../parts/icons";
import { usePda } from "../state";
import { named, useText } from "../texts";

/** A field's value in a few words. */
export function useShown(): (state: FieldState) => string {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const masters = usePda((state) => state.station?.masters);
  return ({ field, value, scanned, result, rows }) => {
    if (field.kind === "sub_table") return rows.some(isFilled) ? t("pda.table.rows", { n: rows.filter(isFilled).length }) : "";
    if (field.kind === "formula") return [result, field.unit].filter(Boolean).join(" ");
    if (field.kind === "scan") return scanned.length > 2 ? `${scanned.length}` : scanned.map(({ label }) => label).join(", ");
    const attached = singles(value).filter(isAttachment);
    if (attached.length) return attached.map((each) => each.name ?? "").filter(Boolean).join(", ") || t("pda.media.count", { n: attached.length });
    const list = mastersOf(field);
    return singles(value)
      .map((each) => {
        if (typeof each === "boolean") return each ? t("pda.entry.yes") : t("pda.entry.no");
        if (isScan(each)) return each.raw;
        if (isAttachment(each)) return "";
        const master = list && masters?.[list].find(({ uri }) => uri === each);
        if (master) return named(language, master.name_zh, master.name_en, master.code);
        if (field.kind === "duration") return clockOf(each);
        const way = field.kind === "cascade" ? wayTo(field.options, each) : (field.options ?? []).filter((choice) => choice.value === each);
        if (way.length) return way.map((option) => named(language, option.label_zh, option.label_en, option.value)).join(" / ");
        const sign = signOf(field);
        return sign ? `${each} ${sign}` : each;
      })
      .join(", ");
  };
}

function Row({ state, current, onChoose }: { state: FieldState; current: boolean; onChoose: () => void }) {
  const t = useText();
  const shown = useShown();
  const { language } = usePda((each) => each.settings);
  const { field } = state;
  const label = named(language, field.label_zh, field.label_en, field.id);
  if (field.kind === "section") return <h3 className="row-section">{label}</h3>;
  const hint = named(language, field.hint_zh, field.hint_en);
  if (field.kind === "note") return <p className="row-note">{hint || label}</p>;
  const text = shown(state);
  const mark = state.locked ? t("pda.entry.locked") : state.filled || field.kind === "formula" ? "" : state.required ? t("pda.entry.required") : t("pda.entry.optional");
  const content = (
    <>
      <span className="row-label">{label}</span>
      <span className={field.kind === "scan" ? "row-value code" : "row-value"}>{text || <em>{mark}</em>}</span>
    </>
  );
  if (field.kind === "formula" || state.locked) return <div className="row still">{content}</div>;
  return (
    <button type="button" className={`row${state.fault ? " faulty" : ""}`} aria-current={current ? "step" : undefined} onClick={onChoose} data-field={field.id}>
      {content}
      {state.filled ? <Icon name="ok" size={20} /> : <Icon name="right" size={20} />}
    </button>
  );
}

type Shared = Omit<Parameters<typeof Rows>[0], "tab">;

/** The fields of one tab, in their columns. */
function Rows({ tab, current, onChoose }: { tab: Tab; current: string | null; onChoose: (field: string) => void }) {
  return tab.blocks.map(({ columns, fields }, at) => (
    <div key={at} className="rows-block" data-columns={columns}>
      {fields.map((state) => (
        <Row key={state.field.id} state={state} current={state.field.id === current} onChoose={() => onChoose(state.field.id)} />
      ))}
    </div>
  ));
}

const WIDE = "(min-width: 700px)";

function onWidth(changed: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

function useWide(): boolean {
  return useSyncExternalStore(onWidth, () => matchMedia(WIDE).matches);
}

const STEPS: Readonly<Record<string, (at: number, most: number) => number>> = {
  ArrowRight: (at, most) => (at + 1) % most,
  ArrowLeft: (at, most) => (at + most - 1) % most,
  Home: () => 0,
  End: (_, most) => most - 1,
};

/** The field with which work in a tab begins: the first empty one, else the first that can be entered. */
function beginning({ fields }: Tab): string | null {
  const asked = fields.filter(({ field, locked }) => !locked && !SILENT_KINDS.has(field.kind));
  return (asked.find(({ filled, fault }) => !filled || fault) ?? asked[0])?.field.id ?? null;
}

function Tabs({ tabs, current, onChoose }: Shared & { tabs: readonly Tab[] }) {
  const { language } = usePda((state) => state.settings);
  const holds = (tab: Tab, id: string | null) => tab.fields.some(({ field }) => field.id === id);
  // the tab follows what is asked for, until somebody looks at another one
  const [looked, setLooked] = useState<{ tab: string | null; at: string | null }>({ tab: null, at: null });
  const wanted = looked.at === current ? tabs.find(({ field }) => field?.id === looked.tab) : undefined;
  const shown = wanted ?? tabs.find((tab) => holds(tab, current)) ?? tabs[0];
  if (!shown) return null;
  const look = (tab: Tab) => {
    const first = beginning(tab);
    setLooked({ tab: tab.field?.id ?? null, at: first ?? current });
    if (first !== null) onChoose(first);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const to = tabs[STEPS[event.key]?.(tabs.indexOf(shown), tabs.length) ?? -1];
    if (!to) return;
    event.preventDefault();
    look(to);
    document.getElementById(`tab-${to.field?.id ?? ""}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" onKeyDown={press}>
        {tabs.map((tab) => {
          const id = tab.field?.id ?? "";
          const open = tab.fields.some((each) => each.fault !== null || lacks(each));
          return (
            <button key={id} id={`tab-${id}`} type="button" role="tab" aria-selected={tab === shown} aria-controls="tab-shown" tabIndex={tab === shown ? 0 : -1} data-tab={id} onClick={() => look(tab)}>
              {named(language, tab.field?.label_zh, tab.field?.label_en, id)}
              {!open && <Icon name="ok" size={18} />}
            </button>
          );
        })}
      </div>
      <div id="tab-shown" role="tabpanel" aria-labelledby={`tab-${shown.field?.id ?? ""}`}>
        <Rows tab={shown} current={current} onChoose={onChoose} />
      </div>
    </>
  );
}

export function FormRows({ fields, current, onChoose }: Shared & { fields: readonly FieldState[] }) {
  const t = useText();
  const wide = useWide();
  const tabs = tabsOf(fields);
  const before = tabs.filter(({ field }) => field === null);
  const own = tabs.filter(({ field }) => field !== null);
  return (
    <div className="rows" role="group" aria-label={t("pda.entry.fields")}>
      {before.map((tab) => (
        <Rows key="" tab={tab} current={current} onChoose={onChoose} />
      ))}
      {wide && own.length > 0 ? (
        <Tabs tabs={own} current={current} onChoose={onChoose} />
      ) : (
        own.map((tab) => (
          <div key={tab.field?.id} className="row-tab" data-tab={tab.field?.id}>
            <TabHeading tab={tab} />
            <Rows tab={tab} current={current} onChoose={onChoose} />
          </div>
        ))
      )}
    </div>
  );
}

function TabHeading({ tab: { field } }: { tab: Tab }) {
  const { language } = usePda((state) => state.settings);
  return <h3>{named(language, field?.label_zh, field?.label_en, field?.id)}</h3>;
}

/** Working at a node: what is asked for now on top and large, what was entered below, one button to finish. */
import { useEffect, useState } from "react";

import { type FieldState, type Node, SILENT_KINDS, isAttachment, isScan, mastersOf, mostOf, singles } from "../../capture";
import { entryOf } from "../device";
import { type Work, faultTexts, useEntry } from "../entry";
import { FieldEditor } from "../fields/FieldEditor";
import { ReasonSheet } from "../fields/ReasonSheet";
import { useFloor } from "../floor";
import type { Entry } from "../offline/disk";
import { Instructions } from "../parts/Instructions";
import { Icon } from "../parts/icons";
import { Bar, Button, NoticeView, Sheet } from "../parts/parts";
import { go } from "../parts/route";
import { listen } from "../scan/wedge";
import { useMay, usePda } from "../state";
import { named, useText } from "../texts";
import { callFrom, productsOf, seenOf } from "./CallPage";

/** A field's value in a few words. */
function useShown(): (state: FieldState) => string {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const masters = usePda((state) => state.station?.masters);
  return ({ field, value, scanned, result }) => {
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
        const option = field.options?.find((choice) => choice.value === each);
        return option ? named(language, option.label_zh, option.label_en, each) : `${each}${field.unit ? ` ${field.unit}` : ""}`;
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

function CurrentField({ work, state }: { work: Work; state: FieldState }) {
  const t = useText();
  const { language } = usePda((each) => each.settings);
  const { field, fault } = state;
  const hint = named(language, field.hint_zh, field.hint_en);
  const texts = fault && state.filled ? faultTexts(t, language, fault) : null;
  return (
    <section className="current" data-current={field.id}>
      <h2>
        {named(language, field.label_zh, field.label_en, field.id)}
        {!state.required && <small>{t("pda.entry.optional")}</small>}
      </h2>
      {hint && <p className="muted">{hint}</p>}
      <FieldEditor key={field.id} state={state} onValue={(value, way) => work.set(field.id, value, way)} onScan={work.scan} onNext={() => (work.state.complete ? work.finish() : work.choose(null))} />
      {texts && (
        <p className="field-fault" role="alert">
          {texts.text} {texts.remedy}
        </p>
      )}
    </section>
  );
}

/** Where it is asked for, the button goes to the next field; once nothing is missing, it finishes. */
function Foot({ work, current }: { work: Work; current: FieldState | undefined }) {
  const t = useText();
  const { state } = work;
  const many = Math.max(0, ...state.fields.filter(({ field }) => field.many && field.kind === "scan").map(({ scanned }) => scanned.length));
  const typed = current?.filled && (mostOf(current.field) > 1 || ["number", "text", "date", "datetime"].includes(current.field.kind)) && state.fields.some(({ visible, required, locked, filled, field }) => visible && !locked && !filled && required && !SILENT_KINDS.has(field.kind));
  return (
    <footer className="foot">
      {typed ? (
        <Button tone="main" wide icon="right" onPress={() => work.choose(null)}>
          {t("pda.entry.ok")}
        </Button>
      ) : (
        <Button tone="main" wide icon="ok" disabled={!state.complete} onPress={work.finish}>
          {many > 0 ? t("pda.entry.doneCount", { n: many }) : t("pda.entry.done")}
        </Button>
      )}
    </footer>
  );
}

function Form({ node, correcting }: { node: Node; correcting: Entry | null }) {
  const t = useText();
  const work = useEntry(node, correcting);
  const { language } = usePda((state) => state.settings);
  const { made, online } = usePda();
  const mayOverride = usePda((state) => state.station?.rules.may_override ?? false);
  const right = useMay("capture:reading:override");
  const [passing, setPassing] = useState(false);
  const { scan } = work;
  useEffect(() => listen((raw) => scan(raw, "scan")), [scan]);
  const current = work.state.fields.find(({ field, visible }) => visible && field.id === work.current);
  const stopped = work.held?.taken.verdict === "refused" ? work.held.taken.faults : work.barring;
  const calls = useFloor(({ floor }) => floor?.calls);
  const circumstances = { node: node.key, ...seenOf(work.state) };
  const passable = mayOverride && right && stopped.length > 0 && stopped.every(({ level }) => level !== "refuse");
  return (
    <div className="page entry">
      <Bar title={correcting ? t("pda.entry.correcting", { n: correcting.sequence }) : named(language, node.title_zh, node.title_en, node.key)} onBack={() => go(correcting ? "queue" : "nodes")}>
        {(calls ?? []).length > 0 && <Button icon="call" tone="bare" label={t("pda.call.title")} onPress={() => callFrom(circumstances)} />}
      </Bar>
      <NoticeView>
        {passable && (
          <Button icon="edit" onPress={() => setPassing(true)}>
            {t("pda.entry.override")}
          </Button>
        )}
      </NoticeView>
      <main className="entry-body">
        <Instructions node={node.key} order={circumstances.work_order} products={productsOf(work.state)} />
        {current && <CurrentField work={work} state={current} />}
        <div className="rows" role="group" aria-label={t("pda.entry.fields")}>
          {work.state.fields
            .filter(({ visible }) => visible)
            .map((state) => (
              <Row key={state.field.id} state={state} current={state.field.id === work.current} onChoose={() => work.choose(state.field.id)} />
            ))}
        </div>
        {!online && work.unknown.length > 0 && <p className="muted unchecked">{t("pda.unchecked", { what: work.unknown.map((each) => t(`pda.uncheckedOf.${each as "history"}`)).join(language === "en" ? ", " : "、") })}</p>}
        {made > 0 && <p className="muted made">{t("pda.entry.total", { n: made })}</p>}
      </main>
      <Foot work={work} current={current} />
      {passing && <ReasonSheet title={t("pda.entry.override")} go={t("pda.entry.overrideGo")} onClose={() => setPassing(false)} onReason={(reason) => { work.pass(reason); setPassing(false); }} />}
      {work.held?.taken.verdict === "ask" && (
        <Sheet title={t("pda.entry.ask", { code: work.held.taken.scanned.label })} onClose={work.drop}>
          <div className="sheet-buttons">
            <Button onPress={work.drop}>{t("pda.cancel")}</Button>
            <Button tone="main" onPress={work.addAgain}>
              {t("pda.entry.askYes")}
            </Button>
          </div>
        </Sheet>
      )}
    </div>
  );
}

export function EntryPage({ nodeKey, correct }: { nodeKey: string; correct: number | null }) {
  const t = useText();
  const node = usePda((state) => state.station?.nodes.find(({ key }) => key === nodeKey));
  const [correcting, setCorrecting] = useState<Entry | null | undefined>(correct === null ? null : undefined);
  useEffect(() => {
    if (correct !== null) void entryOf(correct).then((entry) => setCorrecting(entry ?? null));
  }, [correct]);
  if (!node)
    return (
      <div className="page">
        <Bar title={nodeKey} onBack={() => go("nodes")} />
        <p className="muted padded">{t("pda.entry.gone")}</p>
      </div>
    );
  if (correcting === undefined) return null;
  return <Form key={`${node.key} ${node.version} ${correct ?? ""}`} node={node} correcting={correcting} />;
}

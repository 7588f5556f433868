/** Working at a node: what is asked for now on top and large, what was entered below, one button to finish. */
import { useEffect, useState } from "react";

import { type FieldState, type Node, SILENT_KINDS, TYPED_KINDS, isFilled, lacks, mostOf, repeats, tabsOf } from "../../capture";
import { entryOf } from "../device";
import { type Work, faultTexts, useEntry } from "../entry";
import { FieldEditor } from "../fields/FieldEditor";
import { FormRows } from "../fields/FormRows";
import { ReasonSheet } from "../fields/ReasonSheet";
import { useFloor } from "../floor";
import type { Entry } from "../offline/disk";
import { Instructions } from "../parts/Instructions";
import { Bar, Button, NoticeView, Sheet } from "../parts/parts";
import { go } from "../parts/route";
import { listen } from "../scan/wedge";
import { useMay, usePda } from "../state";
import { named, useText } from "../texts";
import { callFrom, productsOf, seenOf } from "./CallPage";

function CurrentField({ work, state }: { work: Work; state: FieldState }) {
  const t = useText();
  const { language } = usePda((each) => each.settings);
  const { field, fault } = state;
  const hint = named(language, field.hint_zh, field.hint_en);
  const tab = tabsOf(work.state.fields).find(({ fields }) => fields.some((each) => each.field.id === field.id))?.field;
  const texts = fault && state.filled ? faultTexts(t, language, fault) : null;
  return (
    <section className="current" data-current={field.id}>
      {tab && <p className="current-tab">{named(language, tab.label_zh, tab.label_en, tab.id)}</p>}
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
  const many = Math.max(0, ...state.fields.filter(({ field }) => repeats(field)).map(({ field, scanned, rows }) => (field.kind === "sub_table" ? rows.filter(isFilled).length : scanned.length)));
  const typed = current?.filled && (mostOf(current.field) > 1 || TYPED_KINDS.has(current.field.kind) || current.field.kind === "sub_table") && !lacks(current) && state.fields.some((each) => lacks(each) && !SILENT_KINDS.has(each.field.kind));
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
        <FormRows fields={work.state.fields} current={work.current} onChoose={work.choose} />
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

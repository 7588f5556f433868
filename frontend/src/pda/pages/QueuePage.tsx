/** The queue for people: what waits, what was refused and why, and what to do about it. */
import { useEffect, useState } from "react";

import { latest, sendNow, setAside, submit } from "../device";
import { ReasonSheet } from "../fields/ReasonSheet";
import type { Entry } from "../offline/disk";
import { Bar, Button, NoticeView } from "../parts/parts";
import { go } from "../parts/route";
import { useMay, usePda } from "../state";
import { named, useText } from "../texts";

const SHOWN = 30;

function useTitle(): (entry: Entry) => string {
  const { language } = usePda((state) => state.settings);
  const nodes = usePda((state) => state.station?.nodes);
  return ({ reading }) => {
    const node = nodes?.find(({ key }) => key === reading.node);
    return named(language, node?.title_zh, node?.title_en, reading.node);
  };
}

function Head({ entry }: { entry: Entry }) {
  const t = useText();
  const title = useTitle();
  const { login, reading, sequence, codes } = entry;
  return (
    <>
      <strong>
        {title(entry)} <small className="muted">{t("pda.queue.sequence", { n: sequence })}</small>
      </strong>
      <small className="muted num">
        {reading.taken.slice(0, 19).replace("T", " ")} · {t("pda.queue.by", { login })}
      </small>
      {codes.length > 0 && <span className="code">{codes.slice(0, 3).map((code) => code.split("/").at(-1)).join(", ")}</span>}
    </>
  );
}

/** Send a refused entry again with its checks let pass: same content and time, a new id. */
async function letPass(entry: Entry, reason: string): Promise<void> {
  const { node, version, taken, values, how, overrides } = entry.reading;
  const checks = entry.faults.flatMap(({ check, overridable }) => (check && overridable ? [check] : []));
  await submit({ node, version, taken, values, how, overrides: [...overrides, ...checks.map((check) => ({ check, reason }))] }, entry.codes, { entry, reason });
}

function Refused({ entry }: { entry: Entry }) {
  const t = useText();
  const right = useMay("capture:reading:override");
  const [asked, setAsked] = useState<"discard" | "override" | null>(null);
  const stopping = entry.faults.filter(({ level }) => level !== "warn");
  const passable = right && stopping.length > 0 && stopping.every(({ overridable, check }) => overridable && check);
  return (
    <li className="card refused" data-sequence={entry.sequence}>
      <Head entry={entry} />
      {entry.faults.length === 0 && <p>{t("pda.queue.noText")}</p>}
      {entry.faults.map((fault, at) => (
        <p key={`${fault.code ?? ""} ${at}`}>
          {fault.text ?? fault.code} <span className="muted">{fault.remedy}</span>
        </p>
      ))}
      <div className="sheet-buttons">
        <Button onPress={() => setAsked("discard")}>{t("pda.queue.discard")}</Button>
        {passable && <Button onPress={() => setAsked("override")}>{t("pda.queue.override")}</Button>}
        <Button tone="main" onPress={() => go("node", entry.reading.node, String(entry.sequence))}>
          {t("pda.queue.fix")}
        </Button>
      </div>
      {asked === "discard" && <ReasonSheet title={t("pda.queue.discardTitle")} text={t("pda.queue.discardText")} go={t("pda.queue.discard")} onClose={() => setAsked(null)} onReason={(reason) => { setAsked(null); void setAside(entry, reason); }} />}
      {asked === "override" && <ReasonSheet title={t("pda.entry.override")} go={t("pda.entry.overrideGo")} onClose={() => setAsked(null)} onReason={(reason) => { setAsked(null); void letPass(entry, reason); }} />}
    </li>
  );
}

export function QueuePage() {
  const t = useText();
  const { counts, refused, sync, online } = usePda();
  const [entries, setEntries] = useState<Entry[]>([]);
  useEffect(() => {
    void latest(SHOWN).then(setEntries);
  }, [counts]);
  const nothing = entries.length === 0 && refused.length === 0;
  return (
    <div className="page">
      <Bar title={t("pda.queue.title")} onBack={() => go("nodes")} />
      <NoticeView />
      <main className="padded">
        <p className="muted">{counts.waiting > 0 ? t("pda.status.waiting", { n: counts.waiting }) : t("pda.status.none")}</p>
        {counts.waiting > 0 && (
          <Button wide tone="main" disabled={sync === "sending"} onPress={sendNow}>
            {sync === "sending" && online ? t("pda.queue.sending") : t("pda.queue.send")}
          </Button>
        )}
        {refused.length > 0 && (
          <section>
            <h2>{t("pda.queue.refused")}</h2>
            <ul className="cards">
              {refused.map((entry) => (
                <Refused key={entry.sequence} entry={entry} />
              ))}
            </ul>
          </section>
        )}
        {nothing && <p className="muted">{t("pda.queue.nothing")}</p>}
        {entries.length > 0 && (
          <section>
            <h2>{t("pda.queue.done")}</h2>
            <ul className="cards">
              {entries.map((entry) => (
                <li key={entry.sequence} className={`card ${entry.state}`} data-sequence={entry.sequence}>
                  <Head entry={entry} />
                  <em>{t(`pda.queue.state.${entry.state}`)}</em>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  );
}

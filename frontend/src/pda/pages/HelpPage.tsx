/** Help on the device: how to work with it in six steps, the manual, and a word about it to those who look after it. */
import { useState } from "react";

import { lastFailedRequest, Problem } from "../../api/problem";
import { server } from "../api";
import { Chooser } from "../media/Chooser";
import { redrawn } from "../media/picture";
import { Icon, type IconName } from "../parts/icons";
import { Bar, Button, NoticeView, Segments } from "../parts/parts";
import { go } from "../parts/route";
import { changeSettings, tell, usePda } from "../state";
import { type TextKey, useText } from "../texts";

const STEPS = [
  ["place", "place"],
  ["choose", "scan"],
  ["scan", "keyboard"],
  ["said", "ok"],
  ["offline", "queue"],
  ["call", "call"],
] as const satisfies readonly (readonly [string, IconName])[];
const KINDS = ["fault", "wish", "praise"] as const;
type Kind = (typeof KINDS)[number];

/** One step at a time, as the work goes. */
function Tour() {
  const t = useText();
  const [at, setAt] = useState(0);
  const [name, icon] = STEPS[at] ?? STEPS[0];
  const key = (part: "title" | "text") => t(`pda.help.step.${name}.${part}` as TextKey);
  const last = at === STEPS.length - 1;
  return (
    <section className="setting tour" aria-label={t("pda.help.tour")}>
      <h2>{t("pda.help.tour")}</h2>
      <div className="tour-step" aria-live="polite">
        <Icon name={icon} size={44} />
        <div>
          <strong>{key("title")}</strong>
          <p>{key("text")}</p>
        </div>
      </div>
      <div className="tour-turn">
        <Button icon="left" label={t("pda.help.back")} disabled={at === 0} onPress={() => setAt(at - 1)} />
        <span>{t("pda.help.of", { n: at + 1, all: STEPS.length })}</span>
        <Button icon={last ? "ok" : "right"} label={t(last ? "pda.help.done" : "pda.help.next")} tone="main" onPress={() => (last ? go("nodes") : setAt(at + 1))} />
      </div>
    </section>
  );
}

function dataOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => (typeof reader.result === "string" ? resolve(reader.result.split(",")[1] ?? "") : reject(new Error("picture")));
    reader.onerror = () => reject(new Error("picture"));
    reader.readAsDataURL(blob);
  });
}

/** A word about the page that one came from. */
function Feedback({ from }: { from: string }) {
  const t = useText();
  const { settings } = usePda();
  const [kind, setKind] = useState<Kind>("fault");
  const [words, setWords] = useState("");
  const [picture, setPicture] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      const theme = document.documentElement.dataset["mode"] === "dark" ? "dark" : "light";
      const seen = { address: `/pda#/${from}`, page: t("pda.title"), language: settings.language, theme, screen: `${innerWidth}×${innerHeight}`, failed_request: lastFailedRequest() ?? "" };
      await server.post("/feedback", { kind, words, picture, ...seen });
      go("nodes");
      tell({ verdict: "ok", title: t("pda.help.sent"), text: "", remedy: "" });
    } catch (error) {
      const problem = error instanceof Problem ? error : null;
      tell({ verdict: "refused", title: t("pda.help.unsent"), text: problem?.title ?? "", remedy: problem?.remedy || t("pda.problem.away") });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>{t("pda.help.feedback")}</h2>
      <Segments label={t("pda.help.kind")} value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`pda.help.kinds.${value}`) }))} />
      <label className="field">
        {t("pda.help.words")}
        <textarea rows={4} maxLength={2000} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Chooser icon="camera" text={picture ? t("pda.help.pictured") : t("pda.help.picture")} accept="image/*" onFile={async (file) => setPicture(await dataOf(await redrawn(file)))} />
      <p className="muted">{t("pda.help.with")}</p>
      <Button submit tone="main" disabled={busy || words.trim() === ""}>
        {t("pda.help.send")}
      </Button>
    </form>
  );
}

export function HelpPage({ from }: { from: string }) {
  const t = useText();
  return (
    <div className="page">
      <Bar title={t("pda.help.title")} onBack={() => go("nodes")} />
      <NoticeView />
      <main className="padded settings">
        <Tour />
        <div className="setting">
          <h2>{t("pda.help.manual")}</h2>
          <a className="button plain" href="/help/pda">
            <Icon name="book" />
            <span>{t("pda.help.manualOpen")}</span>
          </a>
        </div>
        <Feedback from={from} />
      </main>
    </div>
  );
}

/** Offered on the first day of a device, until somebody looks or declines. */
export function TourOffer() {
  const t = useText();
  const shown = usePda((state) => !state.settings.toured);
  if (!shown) return null;
  const end = () => changeSettings({ toured: true });
  return (
    <div className="tour-offer">
      <Button icon="book" onPress={() => { end(); go("help"); }}>
        {t("pda.help.offer")}
      </Button>
      <Button tone="bare" icon="refused" label={t("pda.help.noOffer")} onPress={end} />
    </div>
  );
}

import { BarcodeOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, type InputRef, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useMay } from "../../api/session";
import { cleanCode, typedCode, visibleCode } from "../../trace/codes";
import "../../trace/trace.css";
import { PageHead } from "../PageHead";
import { Contents } from "./Contents";
import { Feedback } from "./Feedback";
import { OtherWays } from "./OtherWays";
import "./packing.css";
import { beep } from "./sound";
import { Specifications } from "./Specifications";
import { type Again, attempt, type LetPass, type Mode, MODES, type Outcome, pack, packRead, scanned, type Station, unpack } from "./station";

const FRESH: Station = { mode: "pack", open: null, pieces: 1 };

/** The packing station: one box for the scanner, and a big answer to every scan. */
export default function PackingPage() {
  const { t } = useTranslation();
  const may = useMay();
  const input = useRef<InputRef>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const current = useRef<Station>(FRESH);
  const [station, setStation] = useState<Station>(FRESH);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [typed, setTyped] = useState("");
  const [specs, setSpecs] = useState(false);
  const focus = (): void => input.current?.focus({ preventScroll: true });
  useEffect(focus, []);
  const enter = (next: Station): void => {
    current.current = next;
    setStation(next);
  };
  const tell = (next: Outcome): void => {
    beep(next.tone !== "error");
    // a refusal changed nothing: what was shown before still stands
    setOutcome((former) => (next.tone === "error" ? { ...next, shown: former?.shown ?? null } : next));
  };
  // a scanner is faster than the network: scans are done one after the other, in order
  const scan = (text: string): void => {
    const code = cleanCode(text);
    setTyped("");
    focus();
    if (!code) return;
    queue.current = queue.current.then(async () => {
      const [next, said] = await scanned(current.current, code);
      enter(next);
      tell(said);
    });
  };
  const act = (code: string, said: Outcome["said"], again: Again): void => {
    void attempt(code, said, again).then(tell);
    focus();
  };
  const letPass = ({ code, said, again }: Outcome, overrides: LetPass[]): void => {
    if (again) queue.current = queue.current.then(async () => passed(said, await attempt(code, said, again, overrides)));
    focus();
  };
  const passed = (said: Outcome["said"], outcome: Outcome): void => {
    if (said === "relabelled" && outcome.tone === "ok") enter({ ...current.current, open: null });
    tell(outcome);
  };
  const choose = (mode: Mode): void => {
    enter({ ...current.current, mode, open: null });
    setOutcome(null);
    focus();
  };
  const prompt = station.open === null ? t(`packing.first.${station.mode}`) : t(`packing.next.${station.mode}`);
  return (
    <div className="page packing-page">
      <PageHead title={t("packing.title")} text={t("packing.text")}>
        {may("coding:binding:rule") && (
          <Button icon={<SettingOutlined />} onClick={() => setSpecs(true)}>
            {t("packing.specs.title")}
          </Button>
        )}
      </PageHead>
      <Segmented<Mode> value={station.mode} onChange={choose} options={MODES.map((value) => ({ value, label: t(`packing.mode.${value}`) }))} aria-label={t("packing.modes")} className="pack-modes" />
      <Input
        ref={input}
        size="large"
        className="pack-input"
        value={visibleCode(typed)}
        onChange={(event) => setTyped(typedCode(event.target.value))}
        onPressEnter={() => scan(typed)}
        prefix={<BarcodeOutlined aria-hidden />}
        placeholder={prompt}
        aria-label={prompt}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      {station.mode === "split" && (
        <label className="pack-pieces">
          {t("packing.split.pieces")}
          <InputNumber min={1} max={1000} precision={0} value={station.pieces} onChange={(pieces) => enter({ ...current.current, pieces: pieces ?? 1 })} onPressEnter={focus} />
        </label>
      )}
      {outcome ? <Feedback outcome={outcome} onTake={scan} onLetPass={(overrides) => letPass(outcome, overrides)} /> : <p className="pack-prompt">{prompt}</p>}
      {(station.mode === "pack" || station.mode === "load") && station.open !== null && (
        <OtherWays
          onRange={(first, last) => act(first, "packed", pack(station.open ?? "", [first], { last }))}
          onRead={(codes, reader) => act(codes[0] ?? "", "packed", packRead(station.open ?? "", codes, reader))}
          onCount={(code, quantity) => act(code, "packed", pack(station.open ?? "", [code], { quantity }))}
        />
      )}
      {outcome?.shown && <Contents shown={outcome.shown} onOpen={(code) => scanLook(code, tell)} onTakeOut={(parent, codes) => act(codes[0] ?? parent, "unpacked", unpack(parent, codes))} />}
      {specs && <Specifications onClose={() => setSpecs(false)} />}
    </div>
  );
}

function scanLook(code: string, tell: (outcome: Outcome) => void): void {
  void scanned({ ...FRESH, mode: "look" }, code).then(([, outcome]) => tell(outcome));
}

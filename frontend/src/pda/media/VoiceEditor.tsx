/** A spoken note: recorded here where the browser may listen, else a sound file of the device. */
import { useEffect, useRef, useState } from "react";

import type { AttachmentValue } from "../../capture";
import { Button } from "../parts/parts";
import { mayRecord, record } from "../scan/recording";
import { useText } from "../texts";
import { Chooser } from "./Chooser";
import { LARGEST, hold } from "./held";

export function VoiceEditor({ most, onSpoken }: { most: number; onSpoken: (value: AttachmentValue) => void }) {
  const t = useText();
  const stop = useRef<() => void>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [trouble, setTrouble] = useState(false);
  const running = seconds !== null;
  useEffect(() => {
    if (!running) return undefined;
    const ticking = setInterval(() => setSeconds((before) => (before === null ? null : before + 1)), 1000);
    return () => clearInterval(ticking);
  }, [running]);
  useEffect(() => () => stop.current?.(), []);
  if (!mayRecord())
    return (
      <>
        <p className="muted">{t("pda.media.noRecorder")}</p>
        <Chooser icon="voice" text={t("pda.media.chooseSound")} accept="audio/*" capture="user" onFile={async (file) => {
          if (file.size > LARGEST) throw new RangeError();
          onSpoken(await hold(file));
        }} />
      </>
    );
  const start = async () => {
    setTrouble(false);
    setSeconds(0);
    try {
      const sound = await record(most, (stopping) => (stop.current = stopping));
      onSpoken(await hold(sound));
    } catch {
      setTrouble(true);
    } finally {
      stop.current = null;
      setSeconds(null);
    }
  };
  return (
    <div className="voice">
      <Button wide tone={running ? "danger" : "main"} icon="voice" onPress={() => (running ? stop.current?.() : void start())}>
        {running ? t("pda.media.stop", { n: seconds, most }) : t("pda.media.record")}
      </Button>
      <p className="muted">{t("pda.media.longest", { most })}</p>
      {trouble && (
        <p className="field-fault" role="alert">
          {t("pda.media.noMicrophone")}
        </p>
      )}
    </div>
  );
}

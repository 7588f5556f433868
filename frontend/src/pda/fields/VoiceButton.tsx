/** Filling a field by speaking: the browser's recogniser where there is one, always beside keys. */
import { useEffect, useRef, useState } from "react";

import { Problem } from "../../api/problem";
import { server } from "../api";
import { mayRecord, record } from "../scan/recording";
import { Button } from "../parts/parts";
import { usePda } from "../state";
import { useText } from "../texts";

interface Recognition {
  lang: string;
  maxAlternatives: number;
  onresult: ((event: { results: { 0: { 0: { transcript: string } } } }) => void) | null;
  onerror: ((event?: unknown) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  /** End the recording, and understand what was said so far. */
  stop: () => void;
  abort: () => void;
}
type Recogniser = new () => Recognition;

/** Nobody says a number or a choice for longer. */
const LONGEST_SECONDS = 8;

/** The plant's own server understands; no sound leaves the plant. */
class ServerRecogniser implements Recognition {
  lang = "";
  maxAlternatives = 1;
  onresult: Recognition["onresult"] = null;
  onerror: Recognition["onerror"] = null;
  onend: Recognition["onend"] = null;
  #stop = (): void => undefined;
  #aborted = false;

  start(): void {
    record(LONGEST_SECONDS, (stop) => {
      this.#stop = stop;
      if (this.#aborted) stop();
    })
      .then((sound) => (this.#aborted ? "" : server.heard(sound, this.lang.slice(0, 2))))
      .then((text) => {
        if (this.#aborted) return;
        if (text) this.onresult?.({ results: { 0: { 0: { transcript: text } } } });
        else this.onerror?.();
      })
      .catch((error: unknown) => this.onerror?.(error))
      .finally(() => this.onend?.());
  }
  stop(): void {
    this.#stop();
  }
  abort(): void {
    this.#aborted = true;
    this.#stop();
  }
}

/** The plant's recogniser first; the browser's own may send what it hears to its maker. One may be put in from outside. */
export function recogniser(atServer: boolean): Recogniser | null {
  const known = globalThis as { suyuanRecogniser?: Recogniser; SpeechRecognition?: Recogniser; webkitSpeechRecognition?: Recogniser };
  if (atServer && mayRecord()) return known.suyuanRecogniser ?? ServerRecogniser;
  return known.suyuanRecogniser ?? known.SpeechRecognition ?? known.webkitSpeechRecognition ?? null;
}

/** `onHeard` returns what to say when the words did not fit, or null. */
export function VoiceButton({ onHeard }: { onHeard: (said: string) => string | null }) {
  const t = useText();
  const language = usePda((state) => state.settings.language);
  const running = useRef<Recognition>(null);
  const [listening, setListening] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const atServer = usePda((state) => state.online && state.station?.rules.speech === true);
  const Engine = recogniser(atServer);
  if (!Engine) return null;
  const listen = () => {
    const made = new Engine();
    running.current = made;
    made.lang = language === "en" ? "en-GB" : "zh-CN";
    made.maxAlternatives = 1;
    made.onresult = ({ results }) => setTrouble(onHeard(results[0][0].transcript));
    made.onerror = (error) => setTrouble(error instanceof Problem && error.title ? `${error.title} ${error.remedy}` : t("pda.entry.heardNothing"));
    made.onend = () => setListening(false);
    setTrouble(null);
    setListening(true);
    made.start();
  };
  return (
    <div className="voice">
      <Button icon="voice" onPress={() => (listening ? running.current?.stop() : listen())}>
        {listening ? t("pda.entry.listening") : t("pda.entry.speak")}
      </Button>
      {trouble && <p role="alert">{trouble}</p>}
    </div>
  );
}

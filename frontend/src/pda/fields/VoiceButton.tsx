/** Filling a field by speaking: the browser's recogniser where there is one, always beside keys. */
import { useEffect, useRef, useState } from "react";

import { Button } from "../parts/parts";
import { usePda } from "../state";
import { useText } from "../texts";

interface Recognition {
  lang: string;
  maxAlternatives: number;
  onresult: ((event: { results: { 0: { 0: { transcript: string } } } }) => void) | null;
  onerror: (() => void) | null;
  onend: (() => void) | null;
  start: () => void;
  abort: () => void;
}
type Recogniser = new () => Recognition;

/** A recogniser may be put in from outside: one that runs on the device or on a local server has the same four names. */
export function recogniser(): Recogniser | null {
  const known = globalThis as { suyuanRecogniser?: Recogniser; SpeechRecognition?: Recogniser; webkitSpeechRecognition?: Recogniser };
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
  const Engine = recogniser();
  if (!Engine) return null;
  const listen = () => {
    const made = new Engine();
    running.current = made;
    made.lang = language === "en" ? "en-GB" : "zh-CN";
    made.maxAlternatives = 1;
    made.onresult = ({ results }) => setTrouble(onHeard(results[0][0].transcript));
    made.onerror = () => setTrouble(t("pda.entry.heardNothing"));
    made.onend = () => setListening(false);
    setTrouble(null);
    setListening(true);
    made.start();
  };
  return (
    <div className="voice">
      <Button icon="voice" disabled={listening} onPress={listen}>
        {listening ? t("pda.entry.listening") : t("pda.entry.speak")}
      </Button>
      {trouble && <p role="alert">{trouble}</p>}
    </div>
  );
}

/** A box that has the focus and takes what the scanner types; the keyboard of the screen stays away until it is asked for. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { Button } from "../parts/parts";
import { usePda } from "../state";
import { useText } from "../texts";

const Camera = lazy(() => import("../scan/Camera"));
const SILENCE_MS = 160;
const SHORTEST = 4;
const GS = "\u001d";

export function ScanInput({ label, placeholder, onScan, camera = true }: { label: string; placeholder: string; onScan: (raw: string, way: "scan" | "manual" | "camera") => void; camera?: boolean }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(false);
  // the camera stays open from entry to entry, as a scanner does
  const looking = usePda((state) => state.looking);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    return () => clearTimeout(timer.current);
  }, [typing]);

  const take = (way: "scan" | "manual") => {
    clearTimeout(timer.current);
    const value = input.current?.value ?? "";
    if (input.current) input.current.value = "";
    if (value.trim()) onScan(value, way);
  };
  return (
    <div className="scan-input">
      <div className="scan-line">
        <input
          ref={input}
          className="code"
          aria-label={label}
          placeholder={placeholder}
          inputMode={typing ? "text" : "none"}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="done"
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Enter") {
              event.preventDefault();
              take(typing ? "manual" : "scan");
            } else if ((event.ctrlKey && event.key === "]") || event.key === "F8") {
              // how scanners type GS; the browser would do something else with it
              event.preventDefault();
              event.currentTarget.value += GS;
            }
          }}
          onInput={() => {
            clearTimeout(timer.current);
            // a scanner without Enter at the end: silence ends the code
            if (!typing && (input.current?.value.length ?? 0) >= SHORTEST) timer.current = setTimeout(() => take("scan"), SILENCE_MS);
          }}
        />
        <Button tone="plain" icon={typing ? "scan" : "keyboard"} label={typing ? t("pda.entry.scanner") : t("pda.entry.keyboard")} onPress={() => setTyping(!typing)} />
        {camera && <Button tone="plain" icon="camera" label={looking ? t("pda.entry.cameraOff") : t("pda.entry.camera")} onPress={() => usePda.setState({ looking: !looking })} />}
      </div>
      {typing && (
        <Button tone="main" wide onPress={() => take("manual")}>
          {t("pda.entry.ok")}
        </Button>
      )}
      {camera && looking && (
        <Suspense fallback={<p className="muted">…</p>}>
          <Camera onCode={(raw) => onScan(raw, "camera")} />
        </Suspense>
      )}
    </div>
  );
}

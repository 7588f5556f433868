import { useState } from "react";

import { Button, Sheet } from "../parts/parts";
import { useText } from "../texts";
import { VoiceButton } from "./VoiceButton";

/** Why: asked before anything that goes on record against a check. */
export function ReasonSheet({ title, text, go, onReason, onClose }: { title: string; text?: string; go: string; onReason: (reason: string) => void; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState("");
  const heard = (said: string) => {
    setReason(said);
    return null;
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) onReason(reason.trim());
        }}
      >
        {text && <p className="muted">{text}</p>}
        <label className="field">
          {t("pda.entry.reason")}
          <textarea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} autoFocus />
        </label>
        <VoiceButton onHeard={heard} />
        <div className="sheet-buttons">
          <Button onPress={onClose}>{t("pda.cancel")}</Button>
          <Button tone="main" submit disabled={!reason.trim()}>
            {go}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

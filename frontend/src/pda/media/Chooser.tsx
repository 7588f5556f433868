/** A large button that opens the camera or the files of the device; keyboards and readers find the input inside. */
import { useState } from "react";

import { Icon, type IconName } from "../parts/icons";
import { useText } from "../texts";
import { LARGEST } from "./held";

export function Chooser({ icon, text, accept, capture, onFile }: { icon: IconName; text: string; accept: string; capture?: "environment" | "user"; onFile: (file: File) => Promise<void> }) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const take = (file: File | undefined) => {
    if (!file) return;
    if (file.size === 0) { setTrouble(t("pda.media.empty")); return; }
    setBusy(true);
    setTrouble(null);
    onFile(file)
      .catch((error: unknown) => setTrouble(t(error instanceof RangeError ? "pda.media.large" : "pda.media.unreadable", { mb: LARGEST / 1024 / 1024 })))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <label className={`chooser${busy ? " busy" : ""}`}>
        <Icon name={icon} size={32} />
        <span>{busy ? t("pda.media.busy") : text}</span>
        <input
          type="file"
          className="unseen"
          accept={accept}
          capture={capture}
          disabled={busy}
          onChange={(event) => {
            take(event.target.files?.[0]);
            // the same file again is a choice too
            event.target.value = "";
          }}
        />
      </label>
      {trouble && (
        <p className="field-fault" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}

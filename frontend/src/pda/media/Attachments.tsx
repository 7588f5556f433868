/** What a field holds already: pictures small, sound to listen to, files by name; each can be taken out again. */
import { useEffect, useState } from "react";

import { type AttachmentValue, type FieldValue, isAttachment, singles } from "../../capture";
import { bytesNamed } from "../device";
import { Icon } from "../parts/icons";
import { Button } from "../parts/parts";
import { useText } from "../texts";

interface Shown {
  url: string;
  type: string;
}

/** An address of the bytes on this page; null while they are looked for, and where they are on the server only. */
function useBytes(digest: string): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let url = "";
    let gone = false;
    void bytesNamed(digest).then((bytes) => {
      if (!bytes || gone) return;
      url = URL.createObjectURL(new Blob([bytes.content], { type: bytes.type }));
      setShown({ url, type: bytes.type });
    });
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [digest]);
  return shown;
}

function One({ value, label, onRemove }: { value: AttachmentValue; label: string; onRemove: () => void }) {
  const t = useText();
  const shown = useBytes(value.sha256);
  const name = value.name ?? label;
  return (
    <li>
      {shown?.type.startsWith("image/") && <img src={shown.url} alt={name} />}
      {shown?.type.startsWith("audio/") && <audio controls src={shown.url} aria-label={name} />}
      {!(shown && /^(image|audio)\//u.test(shown.type)) && (
        <span className="attachment-name">
          <Icon name="file" /> {name}
        </span>
      )}
      <Button tone="bare" icon="delete" label={t("pda.media.remove", { name })} onPress={onRemove} />
    </li>
  );
}

export function Attachments({ value, label, onValue }: { value: FieldValue; label: string; onValue: (value: FieldValue) => void }) {
  const all = singles(value).filter(isAttachment);
  if (all.length === 0) return null;
  const without = (at: number) => all.filter((_, other) => other !== at);
  return (
    <ul className="attachments" data-count={all.length}>
      {all.map((each, at) => (
        <One key={`${each.sha256} ${at}`} value={each} label={all.length > 1 ? `${label} ${at + 1}` : label} onRemove={() => onValue(all.length > 1 ? without(at) : null)} />
      ))}
    </ul>
  );
}

/** Photos, files, signatures and voice notes: a chunk of its own, which the service worker holds for offline work too. */
import { type FieldState, type FieldValue, isAttachment, mostOf, singles } from "../../capture";
import type { Way } from "../offline/disk";
import { usePda } from "../state";
import { named, useText } from "../texts";
import { Attachments } from "./Attachments";
import { Chooser } from "./Chooser";
import { LARGEST, hold } from "./held";
import { redrawn } from "./picture";
import { SignatureEditor } from "./SignatureEditor";
import { VoiceEditor } from "./VoiceEditor";

const PICTURES = /^image\/(jpeg|png|webp|heic|heif|bmp|gif)$/u;
const FILES = ".pdf,.xlsx,.docx,.txt,.csv,image/*,audio/*";
const WAYS: Readonly<Record<string, Way>> = { photo: "camera", voice: "voice" };

export default function MediaEditor({ state: { field, value }, onValue }: { state: FieldState; onValue: (value: FieldValue, way: Way) => void }) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const label = named(language, field.label_zh, field.label_en, field.id);
  const way = WAYS[field.kind] ?? "manual";
  const many = field.kind === "photo" || field.kind === "file";
  const all = singles(value).filter(isAttachment);
  const most = mostOf(field);
  const add = (each: { sha256: string; name?: string }) => onValue(many ? [...all.filter(({ sha256 }) => sha256 !== each.sha256), each] : each, way);
  const full = all.length >= most;
  const file = async (chosen: File) => {
    // a picture from the gallery has as much to tell beside itself as one from the camera
    if (PICTURES.test(chosen.type)) add(await hold(await redrawn(chosen), chosen.name.replace(/\.\w+$/u, ".jpg")));
    else if (chosen.size > LARGEST) throw new RangeError();
    else add(await hold(chosen, chosen.name));
  };
  return (
    <div className="media" data-kind={field.kind}>
      <Attachments value={value} label={label} onValue={(next) => onValue(next, way)} />
      {!full && field.kind === "photo" && (
        <Chooser icon="camera" text={all.length ? t("pda.media.another", { n: all.length, most }) : t("pda.media.photo")} accept="image/*" capture="environment" onFile={async (taken) => add(await hold(await redrawn(taken)))} />
      )}
      {!full && field.kind === "file" && <Chooser icon="file" text={all.length ? t("pda.media.another", { n: all.length, most }) : t("pda.media.file")} accept={FILES} onFile={file} />}
      {!full && field.kind === "signature" && <SignatureEditor label={label} onSigned={add} />}
      {!full && field.kind === "voice" && <VoiceEditor most={Number(field.max ?? 60)} onSpoken={add} />}
    </div>
  );
}

/** Scanning with the camera; a chunk of its own, fetched when it is first asked for. */
import { useEffect, useRef, useState } from "react";

import { Button } from "../parts/parts";
import { useText } from "../texts";
import { type CodeReader, codeReader } from "./readers";

const AGAIN_MS = 1_500;
const LOOK_MS = 120;

/** What was read last, also by the camera of the entry before: a label that stays in view is one scan. */
let last = { code: "", at: 0 };

type Trouble = "none" | "denied" | "insecure";

/** Whether this camera has a lamp; browsers tell it only of the running one. */
function hasLamp(track: MediaStreamTrack | undefined): boolean {
  const told = (track as Partial<MediaStreamTrack> | undefined)?.getCapabilities?.() as { torch?: boolean } | undefined;
  return told?.torch === true;
}

async function shine(track: MediaStreamTrack | undefined, on: boolean): Promise<void> {
  await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
}

export default function Camera({ onCode }: { onCode: (raw: string) => void }) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef(onCode);
  const track = useRef<MediaStreamTrack>(undefined);
  const [trouble, setTrouble] = useState<Trouble | null>(globalThis.isSecureContext ? null : "insecure");
  const [ready, setReady] = useState(false);
  const [lamp, setLamp] = useState<boolean | null>(null);

  useEffect(() => {
    told.current = onCode;
  }, [onCode]);

  useEffect(() => {
    if (!globalThis.isSecureContext) return undefined;
    let stream: MediaStream | undefined;
    let stopped = false;
    const look = async (reader: CodeReader) => {
      while (!stopped) {
        const found = video.current && video.current.readyState >= 2 ? await reader.read(video.current) : null;
        const now = performance.now();
        if (found && (found !== last.code || now - last.at > AGAIN_MS)) told.current(found);
        if (found) last = { code: found, at: now };
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    const start = async () => {
      const reading = codeReader();
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
      } catch {
        setTrouble("denied"); return;
      }
      if (stopped || !video.current) { stream.getTracks().forEach((each) => each.stop()); return; }
      [track.current] = stream.getVideoTracks();
      video.current.srcObject = stream;
      await video.current.play();
      if (hasLamp(track.current)) setLamp(false);
      const reader = await reading;
      setReady(true);
      await look(reader);
    };
    start().catch(() => {
      if (!stopped) setTrouble("none");
    });
    return () => {
      stopped = true;
      stream?.getTracks().forEach((each) => each.stop());
    };
  }, []);

  if (trouble) return <p className="muted">{t(`pda.camera.${trouble}`)}</p>;
  return (
    <figure className="camera" data-ready={ready}>
      <video ref={video} muted playsInline aria-label={t("pda.camera.title")} />
      <figcaption>{ready ? t("pda.camera.aim") : t("pda.camera.loading")}</figcaption>
      {lamp !== null && (
        <Button icon="lamp" onPress={() => void shine(track.current, !lamp).then(() => setLamp(!lamp), () => setLamp(null))}>
          {lamp ? t("pda.camera.lampOff") : t("pda.camera.lampOn")}
        </Button>
      )}
    </figure>
  );
}

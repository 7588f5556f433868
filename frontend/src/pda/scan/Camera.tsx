/** Scanning with the camera, by the browser's own reader of codes; a chunk of its own, fetched when it is first asked for. */
import { useEffect, useRef, useState } from "react";

import { useText } from "../texts";

interface Detected {
  rawValue: string;
  format: string;
}
interface Detector {
  detect: (source: HTMLVideoElement) => Promise<Detected[]>;
}
declare const BarcodeDetector: { new (options?: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> };

const WANTED = ["data_matrix", "qr_code", "code_128", "ean_13", "ean_8", "code_39", "itf", "pdf417", "aztec", "upc_a"];
const AGAIN_MS = 1_500;
const LOOK_MS = 120;

type Trouble = "none" | "denied" | "insecure";

async function detectorOf(): Promise<Detector | null> {
  if (!("BarcodeDetector" in globalThis)) return null;
  const known = await BarcodeDetector.getSupportedFormats();
  const formats = WANTED.filter((format) => known.includes(format));
  return formats.length ? new BarcodeDetector({ formats }) : null;
}

export default function Camera({ onCode }: { onCode: (raw: string) => void }) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef(onCode);
  const [trouble, setTrouble] = useState<Trouble | null>(globalThis.isSecureContext ? null : "insecure");

  useEffect(() => {
    told.current = onCode;
  }, [onCode]);

  useEffect(() => {
    if (!globalThis.isSecureContext) return undefined;
    let stream: MediaStream | undefined;
    let stopped = false;
    let last = { code: "", at: 0 };
    const look = async (detector: Detector) => {
      while (!stopped) {
        const [found] = video.current && video.current.readyState >= 2 ? await detector.detect(video.current) : [];
        const now = performance.now();
        if (found && (found.rawValue !== last.code || now - last.at > AGAIN_MS)) told.current(found.rawValue);
        if (found) last = { code: found.rawValue, at: now };
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    const start = async () => {
      const detector = await detectorOf();
      if (!detector) { setTrouble("none"); return; }
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
      } catch {
        setTrouble("denied"); return;
      }
      if (stopped || !video.current) { stream.getTracks().forEach((track) => track.stop()); return; }
      video.current.srcObject = stream;
      await video.current.play();
      await look(detector);
    };
    start().catch(() => setTrouble("none"));
    return () => {
      stopped = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);

  if (trouble) return <p className="muted">{t(`pda.camera.${trouble}`)}</p>;
  return (
    <figure className="camera">
      <video ref={video} muted playsInline aria-label={t("pda.camera.title")} />
      <figcaption>{t("pda.camera.aim")}</figcaption>
    </figure>
  );
}

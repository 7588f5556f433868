/** Signing with finger, pen or mouse; whoever cannot writes their name by keys. Black on white, as on paper. */
import { type PointerEvent, useRef, useState } from "react";

import type { AttachmentValue } from "../../capture";
import { Button, Segments } from "../parts/parts";
import { useText } from "../texts";
import { hold } from "./held";
import { blobOf } from "./picture";

const WIDTH = 900;
const HEIGHT = 360;
const INK = "#111";

function blank(canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | null {
  const context = canvas?.getContext("2d") ?? null;
  if (context) {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, WIDTH, HEIGHT);
  }
  return context;
}

/** A name as a picture, as large as fits. */
function written(canvas: HTMLCanvasElement, name: string): void {
  const context = blank(canvas);
  if (!context) return;
  context.fillStyle = INK;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const font = (size: number) => `italic ${size}px "Kaiti SC", KaiTi, "Noto Serif CJK SC", cursive`;
  context.font = font(160);
  const wide = context.measureText(name).width;
  context.font = font(Math.min(160, (160 * (WIDTH - 80)) / Math.max(wide, 1)));
  context.fillText(name, WIDTH / 2, HEIGHT / 2);
}

function Paper({ label, onStroke, onPaper }: { label: string; onStroke: () => void; onPaper: (canvas: HTMLCanvasElement | null) => void }) {
  const last = useRef<{ x: number; y: number } | null>(null);
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * WIDTH, y: ((event.clientY - box.top) / box.height) * HEIGHT };
  };
  const stroke = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = event.currentTarget.getContext("2d");
    const to = at(event);
    if (!context || !last.current) return;
    context.strokeStyle = INK;
    context.lineWidth = 6;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(last.current.x, last.current.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    last.current = to;
  };
  return (
    <canvas
      ref={(canvas) => {
        onPaper(canvas);
        if (canvas && canvas.width !== WIDTH) {
          [canvas.width, canvas.height] = [WIDTH, HEIGHT];
          blank(canvas);
        }
      }}
      className="paper"
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = at(event);
        stroke(event);
        onStroke();
      }}
      onPointerMove={stroke}
      onPointerUp={() => (last.current = null)}
      onPointerCancel={() => (last.current = null)}
    />
  );
}

export function SignatureEditor({ label, onSigned }: { label: string; onSigned: (value: AttachmentValue) => void }) {
  const t = useText();
  const [way, setWay] = useState<"hand" | "keys">("hand");
  const [name, setName] = useState("");
  const [drawn, setDrawn] = useState(false);
  const paper = useRef<HTMLCanvasElement>(null);
  const clear = () => {
    blank(paper.current);
    setDrawn(false);
  };
  const sign = async () => {
    const canvas = way === "hand" ? paper.current : Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
    if (!canvas) return;
    if (way === "keys") written(canvas, name.trim());
    onSigned(await hold(await blobOf(canvas, "image/png"), way === "keys" ? name.trim() : undefined));
  };
  const ready = way === "hand" ? drawn : name.trim() !== "";
  return (
    <div className="signature">
      <Segments
        label={t("pda.media.signHow")}
        value={way}
        onChange={(next) => { setWay(next); setDrawn(false); }}
        options={[
          { value: "hand", label: t("pda.media.signHand") },
          { value: "keys", label: t("pda.media.signKeys") },
        ]}
      />
      {way === "hand" ? (
        <Paper label={t("pda.media.signHere", { label })} onStroke={() => setDrawn(true)} onPaper={(canvas) => { paper.current = canvas; }} />
      ) : (
        <input aria-label={t("pda.media.signName")} placeholder={t("pda.media.signName")} autoComplete="name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      )}
      <div className="sheet-buttons">
        {way === "hand" && (
          <Button disabled={!drawn} onPress={clear}>
            {t("pda.entry.clear")}
          </Button>
        )}
        <Button tone="main" icon="ok" disabled={!ready} onPress={() => void sign()}>
          {t("pda.media.sign")}
        </Button>
      </div>
    </div>
  );
}

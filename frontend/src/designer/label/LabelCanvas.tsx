import { type DragEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { LabelPreview } from "../../api/labels";
import { type Guide, type Handle, HANDLES, moved, resized } from "./geometry";
import { captionOf, ELEMENT_TYPES, type ElementType, type LabelDocument, type LabelElement } from "./model";
import { Ruler } from "./Rulers";

interface Drag {
  from: LabelDocument;
  ids: string[];
  handle: Handle | null;
  start: { x: number; y: number };
  guides: Guide[];
  number: number;
}

export interface LabelCanvasProps {
  document: LabelDocument;
  selected: readonly string[];
  preview: LabelPreview | undefined;
  stale: boolean;
  /** Screen pixels a millimetre. */
  scale: number;
  grid: number;
  onSelect: (ids: string[]) => void;
  onChange: (next: LabelDocument, step?: string) => void;
  onAdd: (type: ElementType, at: { x: number; y: number }) => void;
  onKey: (event: KeyboardEvent) => void;
}

const REACH_PIXELS = 5;
export const DRAG_TYPE = "application/x-suyuan-label-element";

function isElementType(text: string): text is ElementType {
  return (ELEMENT_TYPES as readonly string[]).includes(text);
}

/** The label as it prints, with a frame around each element to take it by. */
export function LabelCanvas(props: LabelCanvasProps) {
  const { document, selected, preview, stale, scale, grid, onSelect, onChange, onAdd, onKey } = props;
  const { t } = useTranslation();
  const paper = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const wrong = new Set((preview?.problems ?? []).map(({ at }) => /^\/elements\/(\d+)/.exec(at)?.[1]));

  const begin = (event: PointerEvent, element: LabelElement, handle: Handle | null) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    const ids = selected.includes(element.id) ? [...selected] : more ? [...selected, element.id] : [element.id];
    const left = more && selected.includes(element.id) ? ids.filter((id) => id !== element.id) : ids;
    onSelect(left);
    if (element.locked || !left.includes(element.id)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: document, ids: handle ? [element.id] : ids, handle, start: { x: event.clientX, y: event.clientY }, guides: [], number: event.timeStamp });
  };

  const pull = (event: PointerEvent) => {
    if (!drag) return;
    const by = { x: (event.clientX - drag.start.x) / scale, y: (event.clientY - drag.start.y) / scale };
    if (Math.hypot(by.x, by.y) * scale < 2 && drag.from === document) return;
    const snapping = event.altKey ? { grid: 0.1, reach: 0 } : { grid, reach: REACH_PIXELS / scale };
    const [id] = drag.ids;
    const frame = drag.from.elements.find((element) => element.id === id);
    if (!frame || id === undefined) return;
    const { document: next, guides } = drag.handle
      ? resized(drag.from, id, frame, drag.handle, by, snapping)
      : moved(drag.from, drag.ids, by, snapping);
    onChange(next, `drag ${drag.number}`);
    setDrag({ ...drag, guides });
  };

  const drop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(DRAG_TYPE);
    const box = paper.current?.getBoundingClientRect();
    if (!isElementType(type) || !box) return;
    event.preventDefault();
    onAdd(type, { x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale });
  };

  const width = document.width * scale;
  const height = document.height * scale;
  return (
    <div className="label-stage" onPointerDown={() => onSelect([])} onKeyDown={onKey} role="group" aria-label={t("labels.canvas")}>
      <div className="label-sheet" style={{ width: width + 18, height: height + 18 }}>
        <Ruler axis="x" length={document.width} scale={scale} />
        <Ruler axis="y" length={document.height} scale={scale} />
        <div
          ref={paper}
          className={grid > 0 ? "label-paper gridded" : "label-paper"}
          style={{ width, height, "--grid": `${Math.max(grid, 1) * scale}px` } as React.CSSProperties}
          onDragOver={(event) => event.dataTransfer.types.includes(DRAG_TYPE) && event.preventDefault()}
          onDrop={drop}
        >
          {preview && (
            <img
              className={stale ? "label-print stale" : "label-print"}
              src={`data:image/png;base64,${preview.png}`}
              width={width}
              height={height}
              alt={t("labels.printImage")}
              draggable={false}
            />
          )}
          {document.elements.map((element, index) => {
            const chosen = selected.includes(element.id);
            const states = [chosen && "chosen", element.locked && "locked", wrong.has(String(index)) && "wrong"].filter(Boolean).join(" ");
            return (
              <button
                key={element.id}
                type="button"
                className={`label-piece ${states}`}
                style={{ left: element.x * scale, top: element.y * scale, width: element.w * scale, height: element.h * scale }}
                aria-label={`${t(`labels.type.${element.type}`)} ${captionOf(element)}`}
                aria-pressed={chosen}
                data-element={element.id}
                onFocus={(event) => event.currentTarget.matches(":focus-visible") && !chosen && onSelect([element.id])}
                onPointerDown={(event) => begin(event, element, null)}
                onPointerMove={pull}
                onPointerUp={() => setDrag(null)}
                onPointerCancel={() => setDrag(null)}
              >
                {chosen &&
                  !element.locked &&
                  selected.length === 1 &&
                  HANDLES.map((handle) => (
                    <span key={handle} className={`label-handle ${handle}`} data-handle={handle} aria-hidden onPointerDown={(event) => begin(event, element, handle)} />
                  ))}
              </button>
            );
          })}
          {drag?.guides.map(({ axis, at }) => (
            <span key={`${axis}${at}`} className={`label-guide ${axis}`} style={axis === "x" ? { left: at * scale } : { top: at * scale }} aria-hidden />
          ))}
        </div>
      </div>
    </div>
  );
}

import { fitBox } from "./camera";
import type { Drawing } from "./cards";
import { paint } from "./paint";
import type { Box } from "./spatial";
import { TextMeasure } from "./surface";
import { svgOf } from "./svg";

const PAD = 32;
/** Scenes up to this size are exported whole; of larger ones the part on screen is. */
const WHOLE_LIMIT = 3000;
const LONGEST_SIDE = 8192;

/** Whether an export shows the whole scene. */
export const isExportedWhole = (drawing: Drawing): boolean => drawing.scene.nodes.length <= WHOLE_LIMIT;

/** What an export shows: the whole scene, or what is on screen when the scene is too big for one picture. */
export function exportBox(drawing: Drawing, onScreen: Box): Box {
  if (!isExportedWhole(drawing)) return onScreen;
  return { x0: -PAD, y0: -PAD, x1: drawing.layout.width + PAD, y1: drawing.layout.height + PAD };
}

export const exportSvg = (drawing: Drawing, onScreen: Box, title: string): Blob =>
  new Blob([svgOf(drawing, exportBox(drawing, onScreen), title)], { type: "image/svg+xml" });

/** A PNG at twice the size on paper, as far as canvases go. Rejects when the browser cannot make it. */
export function exportPng(drawing: Drawing, onScreen: Box): Promise<Blob> {
  const box = exportBox(drawing, onScreen);
  const scale = Math.min(2, LONGEST_SIDE / Math.max(box.x1 - box.x0, box.y1 - box.y0));
  const size = { width: Math.ceil((box.x1 - box.x0) * scale), height: Math.ceil((box.y1 - box.y0) * scale) };
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  const cx = canvas.getContext("2d", { alpha: false });
  if (!cx) return Promise.reject(new Error("this browser has no 2D canvas"));
  const camera = fitBox(box, size, scale, 0);
  for (const _ of paint({ cx, camera, size, ratio: 1 }, drawing, null, new TextMeasure(drawing.theme.font)));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png");
  });
}

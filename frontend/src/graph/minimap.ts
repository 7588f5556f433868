import { f32 } from "./access";
import { type Camera, type Size, viewBox } from "./camera";
import type { Drawing } from "./cards";
import { nodeDrawn } from "./edges";
import { NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import { leadOf } from "./scene";

const WIDTH = 168;
const HEIGHT = 104;
const PAD = 6;
/** More dots than this cannot be told apart at this size. */
const DOT_LIMIT = 8000;

/** The whole picture in the corner with the visible part framed; pressing on it moves the view there. */
export class Minimap {
  private readonly base = document.createElement("canvas");
  private scale = 1;
  private left = 0;
  private top = 0;
  private width = 0;
  private height = 0;

  constructor(readonly canvas: HTMLCanvasElement, private readonly moveTo: (x: number, y: number) => void) {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const each of [canvas, this.base]) {
      each.width = WIDTH * ratio;
      each.height = HEIGHT * ratio;
    }
    const go = (event: PointerEvent): void => {
      if (!(event.buttons & 1)) return;
      const box = canvas.getBoundingClientRect();
      this.moveTo(
        ((event.clientX - box.left) * (WIDTH / box.width) - this.left) / this.scale,
        ((event.clientY - box.top) * (HEIGHT / box.height) - this.top) / this.scale,
      );
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener("pointermove", go);
  }

  /** Redraw the dots: the scene, its layout or its look changed. */
  rebuild({ scene, layout, look, theme }: Drawing): void {
    const cx = this.base.getContext("2d");
    if (!cx) return;
    const ratio = this.base.width / WIDTH;
    this.scale = Math.min((WIDTH - PAD * 2) / Math.max(1, layout.width), (HEIGHT - PAD * 2) / Math.max(1, layout.height));
    this.width = layout.width;
    this.height = layout.height;
    this.left = (WIDTH - layout.width * this.scale) / 2;
    this.top = (HEIGHT - layout.height * this.scale) / 2;
    cx.setTransform(ratio, 0, 0, ratio, 0, 0);
    cx.fillStyle = theme.card;
    cx.fillRect(0, 0, WIDTH, HEIGHT);
    const stride = Math.max(1, Math.ceil(scene.nodes.length / DOT_LIMIT));
    const width = Math.max(1.5, NODE_WIDTH * this.scale);
    const height = Math.max(1.2, NODE_HEIGHT * this.scale);
    for (let node = 0; node < scene.nodes.length; node += stride) {
      if (!nodeDrawn(scene, node, look.until)) continue;
      const lead = leadOf(scene, node);
      const on = node === look.selected || lead.role === "start";
      cx.globalAlpha = look.traced && !look.nodes[node] ? 0.25 : 1;
      cx.fillStyle = on ? theme.accent : lead.verdict === "excluded" ? theme.faint : theme.kinds[lead.kind];
      cx.fillRect(this.left + f32(layout.x, node) * this.scale, this.top + f32(layout.y, node) * this.scale, width, height);
    }
    cx.globalAlpha = 1;
  }

  /** Show where the camera looks. */
  frame(camera: Camera, size: Size, accent: string): void {
    const cx = this.canvas.getContext("2d");
    if (!cx) return;
    const ratio = this.canvas.width / WIDTH;
    cx.setTransform(1, 0, 0, 1, 0, 0);
    cx.drawImage(this.base, 0, 0);
    cx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const box = viewBox(camera, size);
    // a map of what is all in view anyway only covers it
    this.canvas.hidden = box.x0 <= 0 && box.y0 <= 0 && box.x1 >= this.width && box.y1 >= this.height;
    if (this.canvas.hidden) return;
    const x = Math.max(1, this.left + box.x0 * this.scale);
    const y = Math.max(1, this.top + box.y0 * this.scale);
    const right = Math.min(WIDTH - 1, this.left + box.x1 * this.scale);
    const bottom = Math.min(HEIGHT - 1, this.top + box.y1 * this.scale);
    cx.strokeStyle = accent;
    cx.lineWidth = 1.5;
    cx.globalAlpha = 0.12;
    cx.fillStyle = accent;
    cx.fillRect(x, y, Math.max(2, right - x), Math.max(2, bottom - y));
    cx.globalAlpha = 1;
    cx.strokeRect(x, y, Math.max(2, right - x), Math.max(2, bottom - y));
  }
}

import { f32 } from "./access";
import { type Camera, type Size, viewBox } from "./camera";
import type { Drawing } from "./cards";
import { NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import { CARD_WORK, EDGE_WORK, LABEL_ABOVE, paint } from "./paint";
import type { SpatialIndex } from "./spatial";
import { TextMeasure } from "./surface";

/** Work that is drawn straight to the screen, every frame; more than this goes through the picture cache. */
const DIRECT_WORK = 2200;
/** How far the cached picture reaches beyond the screen on each side, as a share of the screen. */
const MARGIN = 0.3;
/** A frame that took longer was missed: the next portions must be smaller. */
const MISSED_MS = 21;
/** Frames without growth after a miss. */
const CAUTION = 90;
/** When nobody moves anything, a few longer frames are better than a picture that forms slowly. */
const AT_REST_MS = 140;

interface Picture {
  readonly canvas: HTMLCanvasElement;
  camera: Camera;
  valid: boolean;
}

const makePicture = (): Picture => ({ canvas: document.createElement("canvas"), camera: { k: 1, tx: 0, ty: 0 }, valid: false });

/**
 * Draws a scene and keeps every frame short.
 *
 * Little work is drawn directly. Much work is painted in portions into a picture larger than the screen while the
 * previous picture, moved and scaled, stands in; when it is complete the two change places. So the time of a frame
 * does not depend on the size of the graph; the portion adapts to the frame times actually seen.
 */
export class Renderer {
  private readonly cx: CanvasRenderingContext2D;
  private front = makePicture();
  private back = makePicture();
  private pass: Generator<number, void, void> | null = null;
  private passCamera: Camera | null = null;
  private portion = 500;
  private caution = 0;
  private lastFrame = 0;
  private worked = false;
  private movedAt = 0;
  private measure: TextMeasure;
  private size: Size = { width: 1, height: 1 };
  private ratio = 1;
  drawing: Drawing;
  index: SpatialIndex | null = null;

  constructor(readonly canvas: HTMLCanvasElement, drawing: Drawing) {
    const cx = canvas.getContext("2d", { alpha: false });
    if (!cx) throw new Error("this browser has no 2D canvas");
    this.cx = cx;
    this.drawing = drawing;
    this.measure = new TextMeasure(drawing.theme.font);
  }

  resize(size: Size, ratio: number): void {
    this.size = size;
    this.ratio = ratio;
    this.canvas.width = Math.max(1, Math.round(size.width * ratio));
    this.canvas.height = Math.max(1, Math.round(size.height * ratio));
    this.invalidate();
  }

  /** Something other than the camera changed. */
  invalidate(): void {
    this.pass = null;
    this.passCamera = null;
    this.stale = true;
  }

  private stale = true;

  /** An estimate of the work of one whole picture, in the units of {@link paint}. */
  private work(camera: Camera): number {
    const box = viewBox(camera, this.size);
    const nodes = this.index ? this.index.count(box) : this.drawing.scene.nodes.length;
    const near = camera.k >= LABEL_ABOVE;
    return nodes * (near ? CARD_WORK : 1) + Math.min(this.drawing.scene.from.length, 800, nodes * 3) * (near ? EDGE_WORK : 4);
  }

  /** Draw one frame. Returns true while a better picture is still being painted. */
  frame(camera: Camera, now: number, moving: boolean, direct = false): boolean {
    this.adapt(now);
    if (moving) this.movedAt = now;
    if (direct || this.work(camera) <= DIRECT_WORK) {
      this.invalidate();
      for (const _ of paint({ cx: this.cx, camera, size: this.size, ratio: this.ratio }, this.drawing, this.index, this.measure));
      return false;
    }
    const more = this.advance(camera, now);
    this.show(camera);
    return more;
  }

  /** Tune the portion so that frames with painting in them stay under the goal. */
  private adapt(now: number): void {
    const elapsed = now - this.lastFrame;
    this.lastFrame = now;
    if (!this.worked || elapsed > 250) return;
    if (elapsed > MISSED_MS && now - this.movedAt < AT_REST_MS) {
      this.portion = Math.max(120, this.portion * 0.6);
      this.caution = CAUTION;
    } else if (this.caution > 0) this.caution--;
    else this.portion = Math.min(8000, this.portion * 1.04);
  }

  /** Paint one portion of the next picture where one is needed. Returns whether there is more to do. */
  private advance(camera: Camera, now: number): boolean {
    this.worked = false;
    if (!this.pass) {
      if (!this.stale && this.covers(this.front, camera)) return false;
      // a picture begun while the scale still changes would be thrown away
      const zooming = this.front.valid && !this.stale && Math.abs(this.front.camera.k - camera.k) > 1e-9;
      if (zooming && now - this.movedAt < 90) return true;
      this.begin(camera);
    } else if (this.passCamera && Math.abs(this.passCamera.k - camera.k) > 1e-9 && now - this.movedAt < 90) return true;
    else if (this.passCamera && !this.near(this.passCamera, camera)) this.begin(camera);
    return this.portionOf(camera, now);
  }

  private portionOf(camera: Camera, now: number): boolean {
    this.worked = true;
    let left = now - this.movedAt > AT_REST_MS || !this.front.valid ? this.portion * 4 : this.portion;
    while (left > 0) {
      const step = this.pass?.next();
      if (!step || step.done) {
        this.pass = null;
        this.back.valid = true;
        [this.front, this.back] = [this.back, this.front];
        return !this.covers(this.front, camera);
      }
      left -= step.value;
    }
    return true;
  }

  private begin(camera: Camera): void {
    const { width, height } = this.size;
    const margin = { width: Math.round(width * MARGIN), height: Math.round(height * MARGIN) };
    const size = { width: width + margin.width * 2, height: height + margin.height * 2 };
    const { canvas } = this.back;
    if (canvas.width !== Math.round(size.width * this.ratio) || canvas.height !== Math.round(size.height * this.ratio)) {
      canvas.width = Math.round(size.width * this.ratio);
      canvas.height = Math.round(size.height * this.ratio);
    }
    const shifted = { k: camera.k, tx: camera.tx + margin.width, ty: camera.ty + margin.height };
    this.back.camera = camera;
    this.back.valid = false;
    this.passCamera = camera;
    this.stale = false;
    const cx = canvas.getContext("2d", { alpha: false });
    if (!cx) return;
    this.pass = paint({ cx, camera: shifted, size, ratio: this.ratio }, this.drawing, this.index, this.measure);
  }

  /** Whether a picture made at `at` still reaches over the screen at `camera`. */
  private near(at: Camera, camera: Camera): boolean {
    return Math.abs(at.k - camera.k) < 1e-9 && Math.abs(at.tx - camera.tx) <= this.size.width * MARGIN &&
      Math.abs(at.ty - camera.ty) <= this.size.height * MARGIN;
  }

  private covers(picture: Picture, camera: Camera): boolean {
    return picture.valid && this.near(picture.camera, camera);
  }

  /** Put the front picture on the screen where the camera is now. */
  private show(camera: Camera): void {
    const { cx, ratio, front, size } = this;
    cx.setTransform(1, 0, 0, 1, 0, 0);
    cx.fillStyle = this.drawing.theme.background;
    if (!this.covers(front, camera)) cx.fillRect(0, 0, this.canvas.width, this.canvas.height);
    if (!front.valid) return;
    const scale = camera.k / front.camera.k;
    const left = camera.tx - (front.camera.tx + Math.round(size.width * MARGIN)) * scale;
    const top = camera.ty - (front.camera.ty + Math.round(size.height * MARGIN)) * scale;
    cx.imageSmoothingEnabled = scale !== 1;
    cx.imageSmoothingQuality = "low";
    if (scale === 1) cx.setTransform(1, 0, 0, 1, Math.round(left * ratio), Math.round(top * ratio));
    else cx.setTransform(scale, 0, 0, scale, left * ratio, top * ratio);
    cx.drawImage(front.canvas, 0, 0);
  }

  /** A ring around the node under the pointer, on top of whatever is on the screen. */
  ring(node: number, camera: Camera): void {
    const { layout, theme } = this.drawing;
    if (node < 0 || node >= layout.x.length) return;
    const { cx, ratio } = this;
    cx.setTransform(ratio * camera.k, 0, 0, ratio * camera.k, ratio * camera.tx, ratio * camera.ty);
    cx.strokeStyle = theme.accent;
    cx.globalAlpha = 0.7;
    cx.lineWidth = 2 / camera.k;
    const grow = 3 / camera.k;
    cx.beginPath();
    cx.roundRect(f32(layout.x, node) - grow, f32(layout.y, node) - grow, NODE_WIDTH + grow * 2, NODE_HEIGHT + grow * 2, 10);
    cx.stroke();
    cx.globalAlpha = 1;
  }
}

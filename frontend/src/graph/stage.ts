import { f32 } from "./access";
import { type Camera, centreOn, fitBox, pan, type Size, toWorld, viewBox, zoomAt } from "./camera";
import type { Drawing } from "./cards";
import { type Layout, NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import { type Flight, flightAt, type Morph, morphAt } from "./motion";
import { Renderer } from "./renderer";
import type { Box } from "./spatial";
import { SpatialIndex } from "./spatial";

/** Below this scale text is not read any more; the first view of a neighbourhood does not go under it. */
const READABLE = 0.5;
const FLIGHT_MS = 240;
/** Room that the first view leaves beside the drawing. */
const EDGE = 28;
/** The time slider and its like lie over this much of the bottom. */
const FOOT = 56;

/** Where a drawing is shown: canvas, camera, motion, and the loop that draws a frame when something changed. */
export class Stage {
  private readonly renderer: Renderer;
  private size: Size = { width: 1, height: 1 };
  private camera: Camera = { k: 1, tx: 0, ty: 0 };
  private flight: Flight | null = null;
  private morph: Morph | null = null;
  private layout: Layout;
  private index: SpatialIndex;
  private ringed = -1;
  private raf = 0;
  private moved = false;
  private readonly observer: ResizeObserver;

  constructor(private readonly host: HTMLElement, canvas: HTMLCanvasElement, private drawing: Drawing,
    private readonly framed: (camera: Camera, size: Size) => void, readonly still: boolean) {
    this.renderer = new Renderer(canvas, drawing);
    this.layout = drawing.layout;
    this.index = new SpatialIndex(drawing.layout);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(host);
    this.resize();
  }

  destroy(): void {
    cancelAnimationFrame(this.raf);
    this.observer.disconnect();
  }

  private resize(): void {
    const size = { width: this.host.clientWidth || 1, height: this.host.clientHeight || 1 };
    this.camera = pan(this.camera, (size.width - this.size.width) / 2, (size.height - this.size.height) / 2);
    this.size = size;
    this.renderer.resize(size, Math.min(2.5, window.devicePixelRatio || 1));
    // a canvas that was resized is blank until it is drawn again: do not wait for the next frame
    this.frame(performance.now());
  }

  /** Same scene and layout, other emphasis or colours. */
  restyle(drawing: Drawing): void {
    this.drawing = drawing;
    this.renderer.drawing = this.morph ? { ...drawing, layout: this.renderer.drawing.layout } : drawing;
    this.renderer.invalidate();
    this.ask();
  }

  /** Another scene. `morph` moves the nodes from where they were; `shift` keeps the anchor where it was on screen. */
  show(drawing: Drawing, shift: readonly [number, number], morph: Morph | null): void {
    this.camera = pan(this.camera, -shift[0] * this.camera.k, -shift[1] * this.camera.k);
    this.flight = null;
    this.morph = morph;
    this.layout = drawing.layout;
    this.index = new SpatialIndex(drawing.layout);
    this.renderer.index = this.index;
    this.ringed = -1;
    this.restyle(drawing);
  }

  // — camera —

  get view(): { camera: Camera; size: Size; box: Box } {
    return { camera: this.camera, size: this.size, box: viewBox(this.camera, this.size) };
  }

  pan(dx: number, dy: number): void {
    this.moveTo(pan(this.camera, dx, dy));
  }

  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    this.moveTo(zoomAt(this.camera, factor, x, y));
  }

  zoomGently(factor: number): void {
    this.fly(zoomAt(this.flight?.to ?? this.camera, factor, this.size.width / 2, this.size.height / 2));
  }

  lookTo(x: number, y: number): void {
    this.moveTo(centreOn(x, y, this.camera.k, this.size));
  }

  /** Show everything at once. */
  fitAll(): void {
    this.fly(this.all());
  }

  /** First view: everything where it stays readable, else the neighbourhood of `node`. */
  open(node: number): void {
    const all = this.all();
    this.moveTo(node >= 0 && all.k < READABLE * 0.85 ? this.filled(this.centred(node, READABLE)) : all);
  }

  private all(): Camera {
    const height = Math.max(80, this.size.height - FOOT);
    return fitBox({ x0: 0, y0: 0, x1: this.layout.width, y1: this.layout.height }, { width: this.size.width, height });
  }

  /** Move a view that shows emptiness on one side and hides something on the other. */
  private filled({ k, tx, ty }: Camera): Camera {
    const slide = (at: number, room: number, length: number): number =>
      length <= room ? (room - length) / 2 : Math.min(EDGE, Math.max(room - EDGE - length, at));
    return { k, tx: slide(tx, this.size.width, this.layout.width * k), ty: slide(ty, this.size.height - FOOT, this.layout.height * k) };
  }

  private centred(node: number, k: number): Camera {
    return centreOn(f32(this.layout.x, node) + NODE_WIDTH / 2, f32(this.layout.y, node) + NODE_HEIGHT / 2, k, this.size);
  }

  /** Move only if the node is not readable on screen already. */
  bringIn(node: number): void {
    const { x0, y0, x1, y1 } = viewBox(this.camera, this.size, -24);
    const x = f32(this.layout.x, node);
    const y = f32(this.layout.y, node);
    const inside = x >= x0 && y >= y0 && x + NODE_WIDTH <= x1 && y + NODE_HEIGHT <= y1;
    if (!inside || this.camera.k < READABLE * 0.8) this.fly(this.centred(node, Math.max(this.camera.k, READABLE * 1.4)));
  }

  private moveTo(camera: Camera): void {
    this.flight = null;
    this.camera = camera;
    this.moved = true;
    this.ask();
  }

  private fly(to: Camera): void {
    if (this.still) this.moveTo(to);
    else {
      this.flight = { from: this.camera, to, start: performance.now(), length: FLIGHT_MS };
      this.ask();
    }
  }

  // — pointing —

  /** The node at a point of the screen, −1 if none, and how far from its left side the point is. */
  at(x: number, y: number): { node: number; dx: number } {
    const [wx, wy] = toWorld(this.camera, x, y);
    const node = this.index.at(wx, wy, Math.max(8, 5 / this.camera.k));
    return { node, dx: node < 0 ? 0 : wx - f32(this.layout.x, node) };
  }

  ring(node: number): void {
    if (node === this.ringed) return;
    this.ringed = node;
    this.ask();
  }

  // — frames —

  private ask(): void {
    this.raf ||= requestAnimationFrame((now) => {
      this.raf = 0;
      this.frame(now);
    });
  }

  private frame(now: number): void {
    let again = false;
    if (this.flight) {
      const [camera, arrived] = flightAt(this.flight, now, this.size);
      this.camera = camera;
      this.moved = true;
      if (arrived) this.flight = null;
      else again = true;
    }
    if (this.morph) {
      const [layout, arrived] = morphAt(this.morph, now);
      this.renderer.drawing = { ...this.drawing, layout };
      this.renderer.index = arrived ? this.index : null;
      this.renderer.invalidate();
      if (arrived) this.morph = null;
      else again = true;
    }
    const unfinished = this.renderer.frame(this.camera, now, this.moved, this.morph !== null);
    this.moved = false;
    this.renderer.ring(this.ringed, this.camera);
    this.framed(this.camera, this.size);
    if (again || unfinished) this.ask();
  }
}

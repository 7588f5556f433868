/** What the pointer does to the view; positions are CSS pixels relative to the host. */
export interface PointerTarget {
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  tap(x: number, y: number, double: boolean): void;
  hover(x: number, y: number): void;
  leave(): void;
  /** A hand is on the canvas (true) or has left it. */
  grab(held: boolean): void;
}

const TAP_SLACK = 5;
const DOUBLE_MS = 320;

interface Finger {
  x: number;
  y: number;
}

/** Mouse, pen and touch: drag pans, wheel and pinch zoom, tap and double tap act. Returns the detaching function. */
export function listen(host: HTMLElement, target: PointerTarget): () => void {
  const fingers = new Map<number, Finger>();
  let travelled = 0;
  let pinched = false;
  let lastTap = { time: -Infinity, x: 0, y: 0 };

  const at = (event: MouseEvent): Finger => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = (): { distance: number; x: number; y: number } | null => {
    const [a, b] = [...fingers.values()];
    return a && b ? { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : null;
  };

  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || (event.target as Element).closest("[data-graph-overlay]")) return;
    host.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    if (fingers.size === 1) {
      travelled = 0;
      pinched = false;
    } else pinched = true;
    target.grab(true);
  };
  const move = (event: PointerEvent): void => {
    const now = at(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") target.hover(now.x, now.y);
      return;
    }
    const apart = spread();
    const moved = { x: now.x - before.x, y: now.y - before.y };
    fingers.set(event.pointerId, now);
    travelled += Math.hypot(moved.x, moved.y);
    const then = spread();
    if (apart && then) {
      target.pan(then.x - apart.x, then.y - apart.y);
      if (apart.distance > 0) target.zoom(then.distance / apart.distance, then.x, then.y);
    } else if (travelled > TAP_SLACK) target.pan(moved.x, moved.y);
  };
  const up = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size === 0) target.grab(false);
    if (travelled > TAP_SLACK || pinched || event.type === "pointercancel") return;
    const now = at(event);
    const double = event.timeStamp - lastTap.time < DOUBLE_MS && Math.hypot(now.x - lastTap.x, now.y - lastTap.y) < 24;
    lastTap = double ? { time: -Infinity, x: 0, y: 0 } : { time: event.timeStamp, x: now.x, y: now.y };
    target.tap(now.x, now.y, double);
  };
  const wheel = (event: WheelEvent): void => {
    if ((event.target as Element).closest("[data-graph-overlay]")) return;
    event.preventDefault();
    const { x, y } = at(event);
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 240 : 1;
    if (event.shiftKey) target.pan(-(event.deltaX || event.deltaY) * unit, 0);
    else target.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * unit)) * (event.ctrlKey ? 0.01 : 0.0016)), x, y);
  };
  const leave = (): void => target.leave();

  const stop = new AbortController();
  const { signal } = stop;
  host.addEventListener("pointerdown", down, { signal });
  host.addEventListener("pointermove", move, { signal });
  host.addEventListener("pointerup", up, { signal });
  host.addEventListener("pointercancel", up, { signal });
  host.addEventListener("pointerleave", leave, { signal });
  host.addEventListener("wheel", wheel, { signal, passive: false });
  return () => stop.abort();
}

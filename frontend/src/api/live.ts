import type { Recorded } from "./contract";

export type LiveState = "on" | "connecting" | "paused";

export interface LiveListener {
  onRecorded: (recorded: Recorded) => void;
  onState: (state: LiveState) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before the next attempt: doubling, bounded, and spread so that a plant's screens do not return as one. */
export function waitBefore(attempt: number, chance = Math.random()): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return full / 2 + (full / 2) * chance;
}

function isRecorded(value: unknown): value is Recorded {
  return typeof value === "object" && value !== null && Array.isArray((value as Partial<Recorded>).latest);
}

/**
 * Follow what is being recorded (server-sent events). Comes back by itself after a break and rests while nobody looks.
 * @returns a function that ends it.
 */
export function followLive(listener: LiveListener, url = "/api/v1/live"): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let ended = false;

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };

  const open = () => {
    if (ended || source || document.hidden) return;
    listener.onState("connecting");
    const opened = new EventSource(url, { withCredentials: true });
    source = opened;
    opened.addEventListener("open", () => {
      attempt = 0;
      listener.onState("on");
    });
    opened.addEventListener("recorded", (message: MessageEvent<string>) => {
      try {
        const recorded: unknown = JSON.parse(message.data);
        if (isRecorded(recorded)) listener.onRecorded(recorded);
      } catch {
        // one unreadable message is no reason to stop listening
      }
    });
    opened.addEventListener("error", () => {
      // the browser's own retry gives up on an HTTP error, so every break is ours to mend
      close();
      if (ended || document.hidden) return;
      listener.onState("connecting");
      timer = setTimeout(open, waitBefore(attempt));
      attempt += 1;
    });
  };

  const onVisibility = () => {
    if (document.hidden) {
      close();
      listener.onState("paused");
    } else {
      attempt = 0;
      open();
    }
  };

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", onVisibility);
    close();
  };
}

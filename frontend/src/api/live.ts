import type { Recorded } from "./contract";

export type LiveState = "on" | "connecting" | "paused";

/** A definition that was saved, published or retired. */
export interface ChangedDefinition {
  kind: string;
  key: string;
}

export interface LiveListener {
  onRecorded?: (recorded: Recorded) => void;
  onChanged?: (changed: ChangedDefinition) => void;
  onState?: (state: LiveState) => void;
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

function isChanged(value: unknown): value is ChangedDefinition {
  return typeof value === "object" && value !== null && typeof (value as Partial<ChangedDefinition>).kind === "string";
}

/** The one connection of this page to a stream, shared by all who listen. */
class LiveStream {
  readonly listeners = new Set<LiveListener>();
  state: LiveState = "connecting";
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private ended = false;

  constructor(private readonly url: string) {
    document.addEventListener("visibilitychange", this.onVisibility);
  }

  readonly open = (): void => {
    if (this.ended || this.source || document.hidden || typeof EventSource === "undefined") return;
    this.say("connecting");
    const opened = new EventSource(this.url, { withCredentials: true });
    this.source = opened;
    opened.addEventListener("open", () => {
      this.attempt = 0;
      this.say("on");
    });
    opened.addEventListener("recorded", (message: MessageEvent<string>) => this.tell(message, isRecorded, (each, said) => each.onRecorded?.(said)));
    opened.addEventListener("changed", (message: MessageEvent<string>) => this.tell(message, isChanged, (each, said) => each.onChanged?.(said)));
    opened.addEventListener("error", () => {
      // the browser's own retry gives up on an HTTP error, so every break is ours to mend
      this.close();
      if (this.ended || document.hidden) return;
      this.say("connecting");
      this.timer = setTimeout(this.open, waitBefore(this.attempt));
      this.attempt += 1;
    });
  };

  end(): void {
    this.ended = true;
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.close();
  }

  private say(state: LiveState): void {
    this.state = state;
    for (const each of this.listeners) each.onState?.(state);
  }

  private tell<Said>(message: MessageEvent<string>, understood: (value: unknown) => value is Said, pass: (listener: LiveListener, said: Said) => void): void {
    let said: unknown;
    try {
      said = JSON.parse(message.data);
    } catch {
      return; // one unreadable message is no reason to stop listening
    }
    if (understood(said)) for (const each of this.listeners) pass(each, said);
  }

  private close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private readonly onVisibility = (): void => {
    if (document.hidden) {
      this.close();
      this.say("paused");
    } else {
      this.attempt = 0;
      this.open();
    }
  };
}

const streams = new Map<string, LiveStream>();

/**
 * Follow what is recorded and changed (server-sent events). Comes back by itself after a break and rests while nobody
 * looks. All listeners of a page share one connection: a browser has few for each server.
 * @returns a function that ends it.
 */
export function followLive(listener: LiveListener, url = "/api/v1/live"): () => void {
  const known = streams.get(url);
  const stream = known ?? new LiveStream(url);
  streams.set(url, stream);
  stream.listeners.add(listener);
  if (known) listener.onState?.(known.state);
  else stream.open();
  return () => {
    stream.listeners.delete(listener);
    if (stream.listeners.size > 0) return;
    stream.end();
    if (streams.get(url) === stream) streams.delete(url);
  };
}

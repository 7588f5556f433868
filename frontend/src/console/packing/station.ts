import { client, unwrap } from "../../api/client";
import type { Bindings, Bound, DecodedCode } from "../../api/contract";
import { tailOf } from "../../api/vocabulary";

export const MODES = ["pack", "load", "unpack", "move", "merge", "split", "relabel", "look"] as const;
export type Mode = (typeof MODES)[number];

/** Modes that work on one container, scanned first. */
const HOLDING: readonly Mode[] = ["pack", "load", "move", "merge", "split"];
const holds = (mode: Mode): boolean => HOLDING.includes(mode);

/** A check that somebody lets pass, and why. */
export interface LetPass {
  readonly check: string;
  readonly reason: string;
}

/** The same binding again, with checks that are let pass. */
export type Again = (overrides: LetPass[]) => Promise<Bound>;

export interface Outcome {
  readonly tone: "ok" | "info" | "error";
  /** What happened, as a key of `packing.done`. */
  readonly said: "opened" | "closed" | "packed" | "unpacked" | "moved" | "oldLabel" | "relabelled" | "looked" | "refused";
  readonly labels: readonly string[];
  readonly shown: Bindings | null;
  readonly error?: unknown;
  readonly again?: Again;
  readonly code: string;
}

export interface Station {
  readonly mode: Mode;
  /** The open container, or the old label while a new one is awaited. */
  readonly open: string | null;
  /** How many pieces one scan takes out of a container that is split. */
  readonly pieces: number;
}

const key = (): string => `console-${crypto.randomUUID()}`;

export const lookUp = (code: string): Promise<Bindings> => unwrap(client.GET("/api/v1/bindings", { params: { query: { code } } }));

const decoded = (code: string): Promise<DecodedCode> => unwrap(client.GET("/api/v1/codes/decode", { params: { query: { code } } }));

/** What a code names and what is in it; nothing is, for a container that no event named yet. */
async function known(code: string): Promise<{ labels: string[]; shown: Bindings | null }> {
  const { item_id, uri } = await decoded(code);
  if (item_id === null) return { labels: [tailOf(uri)], shown: null };
  const shown = await lookUp(code);
  return { labels: [shown.item.label], shown };
}

/** The key stays for the binding: a refused one left nothing, and one that was recorded is not recorded again. */
const binding =
  (send: (body: { request_key: string; method: "scan" | "device"; overrides: LetPass[] }) => Promise<Bound>, method: "scan" | "device" = "scan"): Again => {
    const request_key = key();
    return (overrides) => send({ request_key, method, overrides });
  };
export const pack = (parent: string, children: string[], more: { last?: string; quantity?: number } = {}): Again =>
  binding((given) => unwrap(client.POST("/api/v1/bindings/pack", { body: { ...given, parent, children, ...more } })));
/** What a reader saw goes in at once; the reader, where it is named, stays with the event. */
export const packRead = (parent: string, children: string[], equipment: string): Again =>
  binding((given) => unwrap(client.POST("/api/v1/bindings/pack", { body: { ...given, parent, children, ...(equipment ? { equipment } : {}) } })), "device");
export const unpack = (parent: string, children: string[]): Again =>
  binding((given) => unwrap(client.POST("/api/v1/bindings/unpack", { body: { ...given, parent, children } })));
const move = (parent: string, body: { children?: string[]; all_from?: string[]; count?: number }): Again =>
  binding((given) => unwrap(client.POST("/api/v1/bindings/move", { body: { ...given, parent, children: [], all_from: [], ...body } })));
const relabel = (old: string, fresh: string): Again =>
  binding((given) => unwrap(client.POST("/api/v1/bindings/relabel", { body: { ...given, old, new: fresh } })));

/** Do a binding; a refusal can be done again with checks let pass. */
export async function attempt(code: string, said: Outcome["said"], again: Again, overrides: LetPass[] = []): Promise<Outcome> {
  try {
    const done = await again(overrides);
    return { tone: "ok", said, labels: done.moved, shown: done.after ?? null, code };
  } catch (error) {
    return { tone: "error", said, labels: [], shown: null, error, code, again };
  }
}

const opened = async (station: Station, code: string, said: Outcome["said"] = "opened", open: string | null = code): Promise<[Station, Outcome]> => [
  { ...station, open },
  { tone: "info", said, ...(await known(code)), code },
];

function into({ mode, pieces }: Station, code: string, parent: string): Again {
  if (mode === "move") return move(parent, { children: [code] });
  if (mode === "merge") return move(parent, { all_from: [code] });
  return mode === "split" ? move(parent, { all_from: [code], count: pieces }) : pack(parent, [code]);
}

async function intoContainer(station: Station, code: string, parent: string): Promise<[Station, Outcome]> {
  const { kind, uri } = await decoded(code);
  if (uri === (await decoded(parent)).uri) return opened({ ...station, open: null }, parent, "closed", null);
  // where units are packed, the code of another container opens that one
  if (station.mode === "pack" && kind === "carrier") return opened(station, code);
  const said = station.mode === "pack" || station.mode === "load" ? "packed" : "moved";
  return [station, await attempt(code, said, into(station, code, parent))];
}

/** Do what one scan means at this station. */
export async function scanned(station: Station, code: string): Promise<[Station, Outcome]> {
  try {
    if (holds(station.mode)) return station.open === null ? await opened(station, code) : await intoContainer(station, code, station.open);
    if (station.mode === "unpack") {
      const holder = (await lookUp(code)).containers[0];
      return [station, await attempt(code, "unpacked", unpack(holder?.uri ?? code, holder ? [code] : []))];
    }
    if (station.mode === "relabel") {
      if (station.open === null) return await opened(station, code, "oldLabel");
      const done = await attempt(code, "relabelled", relabel(station.open, code));
      return [done.tone === "ok" ? { ...station, open: null } : station, done];
    }
    return [station, { tone: "info", said: "looked", labels: [], shown: await lookUp(code), code }];
  } catch (error) {
    return [station, { tone: "error", said: "refused", labels: [], shown: null, error, code }];
  }
}

/** What the PDA shows: settings of the device, who works, what is known of the plant, and how the queue stands. */
import { create } from "zustand";

import { ItemIndex } from "../capture/decode";
import type { ItemFacts, Masters, Node } from "../capture/types";
import type { Entry, EntryState } from "./offline/disk";
import type { RoundEnd } from "./offline/sync";

export type Language = "zh" | "en";
export type Mode = "auto" | "light" | "dark";

export interface Settings {
  language: Language;
  mode: Mode;
  big: boolean;
  sound: boolean;
  vibrate: boolean;
  /** What this device's scanner sends in the place of GS; empty: GS itself. */
  gs: string;
  /** Somebody has been shown around on this device, or did not want to be. */
  toured: boolean;
}

export interface Session {
  user: { id: number; login: string; name: string };
  tenant: { code: string; name: string };
  permissions: readonly string[];
  must: readonly string[];
}

export interface Station {
  etag: string;
  now: string;
  nodes: readonly Node[];
  masters: Masters;
  items: readonly ItemFacts[];
  rules: { may_override?: boolean; gs_substitutes?: readonly string[]; late_minutes?: number; speech?: boolean };
}

export interface Notice {
  verdict: "ok" | "warn" | "refused";
  title: string;
  text: string;
  remedy: string;
  /** Tells one notice from the next with the same words. */
  number: number;
}

interface Pda {
  settings: Settings;
  /** undefined: not known yet */
  session: Session | null | undefined;
  station: Station | null;
  items: ItemIndex;
  /** Where this device stands: URI of a place; null where nobody has said. */
  place: string | null;
  placed: boolean;
  counts: Record<EntryState, number>;
  sync: RoundEnd | "sending";
  online: boolean;
  refused: readonly Entry[];
  notice: Notice | null;
  /** Somebody scans with the camera. */
  looking: boolean;
  /** Entries since the page was opened. */
  made: number;
  shell: boolean;
  device: string;
}

const SETTINGS = "suyuan.pda";
const LANGUAGE = "suyuan.language";

function storedSettings(): Settings {
  const language = globalThis.localStorage.getItem(LANGUAGE) === "en" ? "en" : "zh";
  const otherwise: Settings = { language, mode: "auto", big: false, sound: true, vibrate: true, gs: "", toured: false };
  try {
    const stored: unknown = JSON.parse(globalThis.localStorage.getItem(SETTINGS) ?? "{}");
    return typeof stored === "object" ? { ...otherwise, ...stored, language } : otherwise;
  } catch {
    return otherwise;
  }
}

export const EMPTY_COUNTS: Record<EntryState, number> = { waiting: 0, recorded: 0, refused: 0, resent: 0, discarded: 0 };

export const usePda = create<Pda>()(() => ({
  settings: storedSettings(),
  session: undefined,
  station: null,
  items: new ItemIndex([]),
  place: null,
  placed: false,
  counts: EMPTY_COUNTS,
  sync: "idle",
  online: true,
  refused: [],
  notice: null,
  looking: false,
  made: 0,
  shell: false,
  device: "",
}));

export function changeSettings(change: Partial<Settings>): void {
  const settings = { ...usePda.getState().settings, ...change };
  usePda.setState({ settings });
  globalThis.localStorage.setItem(SETTINGS, JSON.stringify(settings));
  globalThis.localStorage.setItem(LANGUAGE, settings.language);
}

let notices = 0;

export function tell(notice: Omit<Notice, "number">): void {
  usePda.setState({ notice: { ...notice, number: ++notices } });
}

/** Whether this person may do something (`module:thing:verb`). */
export function useMay(permission: string): boolean {
  return usePda((state) => state.session?.permissions.includes(permission) ?? false);
}

/** What the PDA keeps on the device; written down before the operator hears that an entry is accepted. */
import type { FieldValue, Level } from "../../capture/types";

export type Way = "scan" | "camera" | "manual" | "voice" | "kept" | "default";

/** An entry as it is sent; see POST /api/v1/capture/readings. */
export interface Reading {
  id: string;
  sequence: number;
  node: string;
  version: number;
  /** The device's clock, with its offset. */
  taken: string;
  values: Record<string, FieldValue>;
  how: Record<string, Way>;
  person: string | null;
  station: string | null;
  overrides: { check: string; reason: string }[];
}

export interface OutcomeFault {
  code?: string;
  field?: string | null;
  check?: string | null;
  level?: Level | null;
  text?: string | null;
  remedy?: string | null;
  overridable?: boolean;
}

/** `waiting`: not answered yet. `refused`: somebody has to decide. `resent`, `discarded`: decided. */
export type EntryState = "waiting" | "recorded" | "refused" | "resent" | "discarded";

export interface Entry {
  /** Equals the reading's sequence: the order in which things happened on this device. */
  sequence: number;
  state: EntryState;
  reading: Reading;
  /** Who was signed in. */
  login: string;
  /** Identifiers that were scanned, for finding repetitions. */
  codes: string[];
  faults: OutcomeFault[];
  /** When the server answered, by the device's clock. */
  answered: string | null;
  /** What was decided about a refused entry; `by`: the entry that stands in its place. `told`: the server knows. */
  decision: { outcome: "discarded" | "resubmitted"; reason: string; told: boolean; by?: number } | null;
}

/** What an entry names by its digest; kept until the server has it. */
export interface Bytes {
  sha256: string;
  type: string;
  content: Uint8Array<ArrayBuffer>;
}

export type Draft = Omit<Reading, "sequence">;

/**
 * Every method is one transaction: after a crash it happened wholly or not at all. `append` gives out sequence numbers,
 * 1, 2, 3 … without gaps, also to two windows at once; `also` changes other entries with it, `bytes` are what it names.
 */
export interface Disk {
  read<Value>(key: string): Promise<Value | undefined>;
  write(key: string, value: unknown): Promise<void>;
  append(make: (sequence: number) => Entry, also?: (sequence: number) => readonly Entry[], bytes?: readonly Bytes[]): Promise<Entry>;
  bytes(digest: string): Promise<Bytes | undefined>;
  /** Forget the bytes that no waiting or refused entry names. */
  sweep(): Promise<void>;
  /** Entries in one of these states, oldest first. */
  entries(states: readonly EntryState[], limit?: number): Promise<Entry[]>;
  get(sequence: number): Promise<Entry | undefined>;
  change(entries: readonly Entry[]): Promise<void>;
  remove(sequences: readonly number[]): Promise<void>;
  counts(): Promise<Record<EntryState, number>>;
  /** Take or keep the right to send; false while another window holds it. */
  claim(owner: string, now: number, until: number): Promise<boolean>;
}

export const STATES: readonly EntryState[] = ["waiting", "recorded", "refused", "resent", "discarded"];

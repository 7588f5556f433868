import { digestsOf } from "../pda/media/held";
import { type Bytes, type Disk, type Entry, type EntryState, STATES } from "../pda/offline/disk";

/** A disk that outlives the program in tests: what was written is there after a "crash", what was not is gone. */
export class MemoryDisk implements Disk {
  readonly values = new Map<string, unknown>();
  readonly kept = new Map<number, Entry>();
  readonly content = new Map<string, Bytes>();
  #sequence = 0;
  #lease = { owner: "", until: 0 };

  read<Value>(key: string): Promise<Value | undefined> {
    return Promise.resolve(structuredClone(this.values.get(key)) as Value | undefined);
  }
  write(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
    return Promise.resolve();
  }
  append(make: (sequence: number) => Entry, also?: (sequence: number) => readonly Entry[], bytes: readonly Bytes[] = []): Promise<Entry> {
    const entry = make(++this.#sequence);
    this.kept.set(entry.sequence, structuredClone(entry));
    for (const other of also?.(entry.sequence) ?? []) this.kept.set(other.sequence, structuredClone(other));
    for (const each of bytes) this.content.set(each.sha256, structuredClone(each));
    return Promise.resolve(entry);
  }
  bytes(digest: string): Promise<Bytes | undefined> {
    return Promise.resolve(structuredClone(this.content.get(digest)));
  }
  sweep(): Promise<void> {
    const open = [...this.kept.values()].filter(({ state }) => state === "waiting" || state === "refused");
    const named = new Set(open.flatMap(({ reading }) => digestsOf(reading.values)));
    for (const digest of this.content.keys()) if (!named.has(digest)) this.content.delete(digest);
    return Promise.resolve();
  }
  entries(states: readonly EntryState[], limit?: number): Promise<Entry[]> {
    const found = [...this.kept.values()].filter(({ state }) => states.includes(state)).sort((a, b) => a.sequence - b.sequence);
    return Promise.resolve(structuredClone(limit === undefined ? found : found.slice(0, limit)));
  }
  get(sequence: number): Promise<Entry | undefined> {
    return Promise.resolve(structuredClone(this.kept.get(sequence)));
  }
  change(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.kept.set(entry.sequence, structuredClone(entry));
    return Promise.resolve();
  }
  remove(sequences: readonly number[]): Promise<void> {
    for (const sequence of sequences) this.kept.delete(sequence);
    return Promise.resolve();
  }
  counts(): Promise<Record<EntryState, number>> {
    const all = [...this.kept.values()];
    return Promise.resolve(Object.fromEntries(STATES.map((state) => [state, all.filter((entry) => entry.state === state).length])) as Record<EntryState, number>);
  }
  claim(owner: string, now: number, until: number): Promise<boolean> {
    const free = this.#lease.owner === owner || this.#lease.until < now;
    if (free) this.#lease = { owner, until };
    return Promise.resolve(free);
  }
}

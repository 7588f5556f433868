/** The queue of entries on the device: written first, answered later, decided by a person where the server refused. */
import type { Bytes, Disk, Draft, Entry, OutcomeFault } from "./disk";

/** How many answered entries stay on the device, for looking back and for finding repetitions. */
const KEPT = 500;

/** A random UUID also on plain http, where `crypto.randomUUID` does not exist. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The device's own time with its offset: `2026-03-30T08:05:12.123+08:00`. */
export function deviceTime(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, "0");
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}

/** This device's name to the server, the same for ever; a device that was wiped is a new one. */
export async function deviceOf(disk: Disk): Promise<string> {
  const known = await disk.read<string>("device");
  if (known) return known;
  const made = uuid();
  await disk.write("device", made);
  return made;
}

function waiting(draft: Draft, login: string, codes: readonly string[]): (sequence: number) => Entry {
  return (sequence) => ({ sequence, state: "waiting", reading: { ...draft, sequence }, login, codes: [...codes], faults: [], answered: null, decision: null });
}

/** Put an entry into the queue. Once this resolves, neither a reload nor a flat battery loses it. */
export function enqueue(disk: Disk, draft: Draft, login: string, codes: readonly string[], bytes: readonly Bytes[] = []): Promise<Entry> {
  return disk.append(waiting(draft, login, codes), undefined, bytes);
}

/** Set a refused entry aside with a reason; the server is told with the next synchronisation. */
export async function discard(disk: Disk, entry: Entry, reason: string): Promise<void> {
  await disk.change([{ ...entry, state: "discarded", decision: { outcome: "discarded", reason, told: false } }]);
}

/** Send a refused entry once more, corrected or overridden: a new entry with an id of its own; the old one points on. */
export function resend(disk: Disk, entry: Entry, draft: Draft, login: string, codes: readonly string[], reason: string, bytes: readonly Bytes[] = []): Promise<Entry> {
  const old = (by: number): Entry => ({ ...entry, state: "resent", decision: { outcome: "resubmitted", reason, told: false, by } });
  return disk.append(waiting(draft, login, codes), (sequence) => [old(sequence)], bytes);
}

/** Whether an answer means that nothing was recorded; a repeated reading tells its first outcome. */
export function isRefusal(outcome: string, first: string | null | undefined, faults: readonly OutcomeFault[], events: readonly unknown[]): boolean {
  if (outcome !== "repeated") return outcome === "refused";
  return first ? first === "refused" : events.length === 0 && faults.some(({ level }) => level !== "warn");
}

/** Forget the oldest entries that nobody needs any more. */
export async function prune(disk: Disk, kept = KEPT): Promise<void> {
  const settled = (await disk.entries(["recorded", "resent", "discarded"])).filter(({ decision }) => decision === null || decision.told);
  if (settled.length > kept) await disk.remove(settled.slice(0, settled.length - kept).map(({ sequence }) => sequence));
}

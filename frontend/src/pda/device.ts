/** The device at work: what it keeps, who works on it, when it sends. One for each page. */
import { Problem } from "../api/problem";
import { ItemIndex } from "../capture/decode";
import { server, transport } from "./api";
import { forgetReader, refreshFloor, wakeFloor } from "./floor";
import { bytesOf, heldBytes } from "./media/held";
import type { Bytes, Disk, Draft, Entry } from "./offline/disk";
import { openDisk } from "./offline/indexedDb";
import { deviceOf, discard, enqueue, resend, uuid } from "./offline/queue";
import { keepSending } from "./offline/runner";
import { type Round, Synchroniser } from "./offline/sync";
import { signal } from "./signals";
import { type Session, type Station, tell, usePda } from "./state";
import { textIn } from "./texts";

const REFRESH_MS = 15_000;
const WINDOW = "suyuan.window";
/** How long after an entry its refusal still interrupts: later ones wait in the queue. */
const LATEST = 60;

/** Codes entered at each node on this device, and when, for finding repetitions without the server. */
const seen = new Map<string, Map<string, Date>>();

let disk: Disk;
let send: () => void = () => undefined;

function remember({ reading, codes, state }: Entry): void {
  if (state === "refused" || state === "discarded" || state === "resent") {
    for (const code of codes) seen.get(reading.node)?.delete(code);
    return;
  }
  const of = seen.get(reading.node) ?? new Map<string, Date>();
  for (const code of codes) of.set(code, new Date(reading.taken));
  seen.set(reading.node, of);
}

export function seenAt(node: string, uri: string): Date | null {
  return seen.get(node)?.get(uri) ?? null;
}

async function recount(): Promise<void> {
  const [counts, refused] = await Promise.all([disk.counts(), disk.entries(["refused"])]);
  usePda.setState({ counts, refused });
}

function tellRefusal(entry: Entry): void {
  const { language } = usePda.getState().settings;
  const first = entry.faults.find(({ level }) => level !== "warn") ?? entry.faults[0];
  tell({
    verdict: "refused",
    title: `${textIn(language, "pda.verdict.refused")} · ${textIn(language, "pda.queue.sequence", { n: entry.sequence })}`,
    text: first?.text ?? first?.code ?? textIn(language, "pda.queue.noText"),
    remedy: first?.remedy ?? "",
  });
}

function finished(round: Round): void {
  usePda.setState({ sync: round.end });
  if (round.end === "stranger") usePda.setState({ session: null });
  round.refused.forEach(remember);
  const fresh = round.refused.slice(-LATEST).at(-1);
  if (fresh) {
    tellRefusal(fresh);
    signal("refused");
  } else {
    const warned = round.warned.at(-1);
    if (warned) {
      tell({ verdict: "warn", title: textIn(usePda.getState().settings.language, "pda.verdict.warn"), text: warned.faults[0]?.text ?? "", remedy: warned.faults[0]?.remedy ?? "" });
      signal("warn");
    }
  }
  void recount();
}

function takeStation(station: Station): void {
  usePda.setState({ station, items: new ItemIndex(station.items) });
}

/** Fetch what has changed of definitions, master data and items; offline, what the device has goes on. */
export async function refreshStation(): Promise<void> {
  if (!usePda.getState().session) return;
  void refreshFloor();
  try {
    const fresh = await server.station(usePda.getState().station?.etag ?? null);
    if (!fresh) return;
    takeStation(fresh);
    await disk.write("station", fresh);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) await signedIn(null);
  }
}

async function signedIn(session: Session | null): Promise<void> {
  const before = usePda.getState().session;
  usePda.setState({ session });
  await disk.write("session", session);
  if (before?.user.id !== session?.user.id) forgetReader();
  if (!session) return;
  await disk.write("tenant", session.tenant.code);
  // another company's data must not stay on the screen
  if (before && before.tenant.code !== session.tenant.code) usePda.setState({ station: null });
  await refreshStation();
  send();
}

export async function signIn(login: string, password: string, code: string | null): Promise<void> {
  await signedIn(await server.signIn(login, password, code));
}

export async function signInByBadge(badge: string, pin: string): Promise<void> {
  await signedIn(await server.signInByBadge((await disk.read<string>("tenant")) ?? null, badge, pin));
}

export async function signOut(): Promise<void> {
  try {
    await server.signOut();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  await signedIn(null);
}

export async function choosePlace(place: string | null): Promise<void> {
  usePda.setState({ place, placed: true });
  await disk.write("place", { uri: place });
}

/**
 * Who the entry is by, always told: somebody else may be signed in when it is sent. As the server names people who sign in.
 */
export function personOf(session: Session | null | undefined): string | null {
  if (!session) return null;
  const name = encodeURIComponent(session.user.name).replaceAll(/[!'()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `urn:suyuan:${session.tenant.code}:person:${name}`;
}

export type Made = Pick<Draft, "node" | "version" | "values" | "how" | "overrides"> & { taken: string };

function draftOf(made: Made): Draft {
  const { session, place } = usePda.getState();
  return { id: uuid(), ...made, person: personOf(session), station: place };
}

/** Keep an entry; it is safe once this resolves. `instead`: the refused one that it corrects, with the reason. */
export async function submit(made: Made, codes: readonly string[], instead?: { entry: Entry; reason: string }): Promise<Entry> {
  const login = usePda.getState().session?.user.login ?? "";
  const entry = instead ? await resend(disk, instead.entry, draftOf(made), login, codes, instead.reason, bytesOf(made.values)) : await enqueue(disk, draftOf(made), login, codes, bytesOf(made.values));
  remember(entry);
  usePda.setState({ made: usePda.getState().made + 1 });
  await recount();
  sendNow();
  return entry;
}

export async function setAside(entry: Entry, reason: string): Promise<void> {
  await discard(disk, entry, reason);
  await recount();
  sendNow();
}

export function sendNow(): void {
  usePda.setState({ sync: "sending" });
  send();
}

export function latest(limit: number): Promise<Entry[]> {
  return disk.entries(["waiting", "recorded", "resent", "discarded"]).then((entries) => entries.reverse().slice(0, limit));
}

/** What an entry in the making or on this device names; undefined where only the server has it. */
export async function bytesNamed(digest: string): Promise<Bytes | undefined> {
  return heldBytes(digest) ?? (await disk.bytes(digest));
}

export function entryOf(sequence: number): Promise<Entry | undefined> {
  return disk.get(sequence);
}

async function recall(): Promise<void> {
  const [session, station, place, entries] = await Promise.all([
    disk.read<Session | null>("session"),
    disk.read<Station>("station"),
    disk.read<{ uri: string | null }>("place"),
    disk.entries(["recorded", "waiting"]),
  ]);
  entries.forEach(remember);
  await wakeFloor(disk);
  if (station) takeStation(station);
  usePda.setState({ session: session ?? undefined, place: place?.uri ?? null, placed: place !== undefined });
  await recount();
}

async function greet(): Promise<void> {
  try {
    await signedIn(await server.session());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) await signedIn(null);
    // the one who worked here before goes on working; who they are is asked again with the first sending
    else if (usePda.getState().session === undefined) usePda.setState({ session: null });
  }
}

/**
 * Who sends. A page that is loaded anew in the middle of sending goes on at once: it is the same window, and need not wait
 * until the right to send that it had has run out.
 */
function windowId(): string {
  const known = sessionStorage.getItem(WINDOW);
  if (known) return known;
  const made = uuid();
  sessionStorage.setItem(WINDOW, made);
  return made;
}

/** Wake the device up: what it remembers first, so that it works at once; then what the server says. */
export async function start(): Promise<void> {
  disk = await openDisk();
  await recall();
  const device = await deviceOf(disk);
  usePda.setState({ device });
  const synchroniser = new Synchroniser(disk, device, windowId(), transport);
  await Promise.race([greet(), new Promise((resolve) => setTimeout(resolve, usePda.getState().session ? 0 : 60_000))]);
  send = keepSending(synchroniser, finished).now;
  setInterval(() => {
    if (document.visibilityState === "visible") void refreshStation();
  }, REFRESH_MS);
  globalThis.addEventListener("offline", () => usePda.setState({ online: false }));
}

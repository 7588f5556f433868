/** What the device knows of production: calls, open orders, their routes with work instructions; see GET /production/station. */
import { create } from "zustand";

import type { components } from "../api/schema";
import { Problem } from "../api/problem";
import { server } from "./api";
import type { Disk } from "./offline/disk";
import { deviceTime, uuid } from "./offline/queue";
import { Posts } from "./offline/posts";
import { tell, usePda } from "./state";

export type Floor = components["schemas"]["FloorStation"];
export type FloorWork = components["schemas"]["FloorWork"];
export type Done = FloorWork["done"][number];
export type FloorRoute = Floor["routes"][string];
export type Operation = NonNullable<FloorRoute["operations"]>[number];

export interface OnOperation {
  route: string;
  operation: Operation;
  revision: string;
  order: string | null;
}

/** What entries on this device did that the server has not told of yet, for the checks of the next ones. */
export interface Learned {
  done: readonly Done[];
  used: readonly FloorWork["used"][number][];
}

const NOTHING: Learned = { done: [], used: [] };

export const useFloor = create<{ floor: Floor | null; unheard: number; read: ReadonlySet<string>; work: FloorWork | null; learned: Learned }>()(() => ({ floor: null, unheard: 0, read: new Set(), work: null, learned: NOTHING }));

const FLOOR = "floor";
const WORK = "work";
const LEARNED = "learned";
let posts: Posts | null = null;
let kept: Disk | null = null;

function take(floor: Floor): void {
  useFloor.setState(({ read }) => ({ floor, read: new Set([...read, ...floor.read]) }));
}

async function recount(): Promise<void> {
  useFloor.setState({ unheard: (await posts?.waiting())?.length ?? 0 });
}

/** What an earlier version of this application kept lacks what was added since. */
type KeptWork = Omit<FloorWork, "lots"> & Partial<Pick<FloorWork, "lots">>;

/** Remember what the device knew before, and send what it could not. */
export async function wakeFloor(disk: Disk): Promise<void> {
  kept = disk;
  posts = new Posts(disk, (path, body) => server.post(path, body));
  const floor = await disk.read<Floor>(FLOOR);
  if (floor) take(floor);
  const work = await disk.read<KeptWork>(WORK);
  useFloor.setState({ work: work ? { ...work, lots: work.lots ?? [] } : null, learned: (await disk.read<Learned>(LEARNED)) ?? NOTHING });
  await recount();
}

/** Fetch how the work stands; once nothing of this device waits, the server's word stands for what was learned here. */
async function refreshWork(): Promise<void> {
  const before = useFloor.getState().work;
  const settled = usePda.getState().counts.waiting === 0;
  const fresh = await server.work(before?.etag ?? null);
  if (!fresh) return;
  useFloor.setState({ work: fresh });
  await kept?.write(WORK, fresh);
  if (settled) await learn(null);
}

/** Remember what an entry did, or (null) that the server knows it. */
export async function learn(more: Learned | null): Promise<void> {
  const { learned } = useFloor.getState();
  const next = more ? { done: [...learned.done, ...more.done], used: [...learned.used, ...more.used] } : NOTHING;
  useFloor.setState({ learned: next });
  try {
    await kept?.write(LEARNED, next);
  } catch {
    // the entry itself is safe and must not be told as lost: it would be made twice; the server checks it in any case
  }
}

/** Fetch what has changed, after what waits was sent; offline, what the device has goes on. */
export async function refreshFloor(): Promise<void> {
  const refused = await posts?.flush();
  for (const fault of refused?.values() ?? []) tell({ verdict: "refused", title: fault.title, text: fault.remedy, remedy: "" });
  await recount();
  try {
    await refreshWork();
    const fresh = await server.floor(useFloor.getState().floor?.etag ?? null);
    if (!fresh) return;
    take(fresh);
    await kept?.write(FLOOR, fresh);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** Another person reads for themselves. */
export function forgetReader(): void {
  useFloor.setState({ read: new Set() });
}

export interface Call {
  id: string;
  kind: string;
  place: string | null;
  equipment: string | null;
  work_order: string | null;
  node: string | null;
  item: string | null;
  note: string;
  /** When, with the device's offset: it may wait for a network. */
  called: string;
}

/** Call; @returns whether somebody has heard it. */
export async function callOut(call: Call): Promise<boolean> {
  const heard = (await posts?.post({ id: call.id, path: "/production/andon", body: call })) ?? false;
  await recount();
  return heard;
}

/** Call for material by its card; @returns whether the warehouse has heard it. */
export async function pullOut(card: string): Promise<boolean> {
  const id = uuid();
  const heard = (await posts?.post({ id, path: "/production/pulls", body: { id, card, requested: deviceTime(new Date()) } })) ?? false;
  await recount();
  return heard;
}

const wordOf = ({ route, operation, revision }: OnOperation): string => `${route} ${operation.id} ${revision}`;

export function hasRead(on: OnOperation, read: ReadonlySet<string>): boolean {
  return read.has(wordOf(on));
}

/** Say that whoever works here has read these instructions; sent before the entries that need it. */
export async function confirmRead(on: OnOperation): Promise<void> {
  useFloor.setState(({ read }) => ({ read: new Set([...read, wordOf(on)]) }));
  const { route, operation, revision } = on;
  await posts?.post({ id: wordOf(on), path: "/production/instructions/read", body: { route, operation: operation.id, revision, place: standing(), taken: new Date().toISOString() } });
  await recount();
}

/** Everything that this node may be, at this place, on the orders that are open: one where it is certain. */
export function operationsAt(floor: Floor | null, node: string, place: string | null, order: string | null, products: readonly string[]): OnOperation[] {
  if (!floor) return [];
  const named = floor.orders.filter(({ uri }) => uri === order);
  const making = floor.orders.filter(({ product }) => products.includes(product));
  const orders = named.length ? named : making.length ? making : floor.orders;
  const found = new Map<string, OnOperation>();
  for (const { route, uri } of orders) {
    const body = route === null ? undefined : floor.routes[route];
    if (route === null || !body) continue;
    const at = route.lastIndexOf("@");
    const fitting = body.operations.filter((each) => each.node === node && (!each.places.length || (place !== null && each.places.some((start) => place.startsWith(start)))));
    for (const operation of fitting) {
      const on = { route: route.slice(0, at), operation, revision: operation.instruction_revision ?? `v${route.slice(at + 1)}`, order: named.length ? uri : null };
      found.set(wordOf(on), on);
    }
  }
  return [...found.values()];
}

/** The station that this device stands at, for calls. */
export function standing(): string | null {
  return usePda.getState().place;
}

/** The disk in a browser: IndexedDB, which works on plain http too, asked to have every entry really written. */
import { digestsOf } from "../media/held";
import { type Bytes, type Disk, type Entry, type EntryState, STATES } from "./disk";

const NAME = "suyuan-pda";
const VALUES = "values";
const ENTRIES = "entries";
const BYTES = "bytes";
const SEQUENCE = "sequence";
const LEASE = "lease";

interface Lease {
  owner: string;
  until: number;
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
    transaction.onerror = () => reject(transaction.error ?? new Error("IndexedDB"));
  });
}

/** Open the device's database; throws where the browser keeps nothing (some private windows). */
export async function openDisk(): Promise<Disk> {
  const opening = indexedDB.open(NAME, 2);
  opening.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      opening.result.createObjectStore(VALUES);
      opening.result.createObjectStore(ENTRIES, { keyPath: "sequence" }).createIndex("state", ["state", "sequence"]);
    }
    opening.result.createObjectStore(BYTES, { keyPath: "sha256" });
  };
  const database = await done(opening);
  // a newer page in another window must not wait for this one
  database.onversionchange = () => database.close();
  const begin = (mode: IDBTransactionMode) => database.transaction([VALUES, ENTRIES, BYTES], mode, { durability: mode === "readwrite" ? "strict" : "default" });

  return {
    async read<Value>(key: string) {
      return (await done(begin("readonly").objectStore(VALUES).get(key))) as Value | undefined;
    },
    async write(key, value) {
      const transaction = begin("readwrite");
      transaction.objectStore(VALUES).put(value, key);
      await completed(transaction);
    },
    async append(make, also, bytes) {
      const transaction = begin("readwrite");
      const values = transaction.objectStore(VALUES);
      const sequence = ((await done(values.get(SEQUENCE))) as number | undefined ?? 0) + 1;
      const entry = make(sequence);
      values.put(sequence, SEQUENCE);
      transaction.objectStore(ENTRIES).add(entry);
      for (const other of also?.(sequence) ?? []) transaction.objectStore(ENTRIES).put(other);
      for (const each of bytes ?? []) transaction.objectStore(BYTES).put(each);
      await completed(transaction);
      return entry;
    },
    async bytes(digest) {
      return (await done(begin("readonly").objectStore(BYTES).get(digest))) as Bytes | undefined;
    },
    async sweep() {
      const transaction = begin("readwrite");
      const bytes = transaction.objectStore(BYTES);
      const kept = (await done(bytes.getAllKeys())) as string[];
      if (kept.length > 0) {
        const index = transaction.objectStore(ENTRIES).index("state");
        const [waiting, refused] = await Promise.all((["waiting", "refused"] as const).map((state) => done(index.getAll(IDBKeyRange.bound([state, 0], [state, Infinity]))) as Promise<Entry[]>));
        const named = new Set([...(waiting ?? []), ...(refused ?? [])].flatMap(({ reading }) => digestsOf(reading.values)));
        for (const digest of kept) if (!named.has(digest)) bytes.delete(digest);
      }
      await completed(transaction);
    },
    async entries(states, limit) {
      const index = begin("readonly").objectStore(ENTRIES).index("state");
      const found = await Promise.all(states.map((state) => done(index.getAll(IDBKeyRange.bound([state, 0], [state, Infinity]), limit)) as Promise<Entry[]>));
      const all = found.flat().sort((a, b) => a.sequence - b.sequence);
      return limit === undefined ? all : all.slice(0, limit);
    },
    async get(sequence) {
      return (await done(begin("readonly").objectStore(ENTRIES).get(sequence))) as Entry | undefined;
    },
    async change(entries) {
      const transaction = begin("readwrite");
      for (const entry of entries) transaction.objectStore(ENTRIES).put(entry);
      await completed(transaction);
    },
    async remove(sequences) {
      const transaction = begin("readwrite");
      for (const sequence of sequences) transaction.objectStore(ENTRIES).delete(sequence);
      await completed(transaction);
    },
    async counts() {
      const index = begin("readonly").objectStore(ENTRIES).index("state");
      const numbers = await Promise.all(STATES.map((state) => done(index.count(IDBKeyRange.bound([state, 0], [state, Infinity])))));
      return Object.fromEntries(STATES.map((state, at) => [state, numbers[at] ?? 0])) as Record<EntryState, number>;
    },
    async claim(owner, now, until) {
      const transaction = begin("readwrite");
      const values = transaction.objectStore(VALUES);
      const lease = (await done(values.get(LEASE))) as Lease | undefined;
      // a clock that was set back must not lock the queue for ever
      const free = !lease || lease.owner === owner || lease.until < now || lease.until > now + 120_000;
      if (free) values.put({ owner, until } satisfies Lease, LEASE);
      await completed(transaction);
      return free;
    },
  };
}

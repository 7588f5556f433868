import type { Draft, Reading } from "../pda/offline/disk";
import { deviceTime, enqueue, uuid } from "../pda/offline/queue";
import { type Outcome, Synchroniser, type Transport } from "../pda/offline/sync";
import type { MemoryDisk } from "./memoryDisk";

/** A server as the contract describes it: a ledger, one answer for each reading, the same answer for a repetition. */
export class FakeServer implements Transport {
  readonly ledger: Reading[] = [];
  readonly told: string[] = [];
  readonly batches: number[] = [];
  readonly #answers = new Map<string, Outcome>();
  /** Called before (`taken: false`) and after (`taken: true`) a batch is recorded; may throw. */
  trouble: (batch: number, taken: boolean) => void = () => undefined;
  refuses: (reading: Reading) => boolean = () => false;

  /** By digest, how often it was uploaded. */
  readonly uploads = new Map<string, number>();
  takes: (digest: string) => void = () => undefined;

  missing: Transport["missing"] = (digests) => Promise.resolve(digests.filter((digest) => !this.uploads.has(digest)));
  upload: Transport["upload"] = (digest) => {
    try {
      this.takes(digest);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    this.uploads.set(digest, (this.uploads.get(digest) ?? 0) + 1);
    return Promise.resolve();
  };
  readings: Transport["readings"] = ({ readings }) => {
    const batch = this.batches.push(readings.length);
    try {
      this.trouble(batch, false);
      const outcomes = (readings as Reading[]).map((reading) => this.#answer(reading));
      this.trouble(batch, true);
      return Promise.resolve({ outcomes });
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  decide: Transport["decide"] = (id, { outcome, reason }) => {
    this.told.push(`${id} ${outcome} ${reason}`);
    return Promise.resolve();
  };

  #answer(reading: Reading): Outcome {
    const known = this.#answers.get(reading.id);
    if (known) return { ...known, outcome: "repeated" };
    const refused = this.refuses(reading);
    if (!refused) this.ledger.push(reading);
    const made: Outcome = refused
      ? { id: reading.id, outcome: "refused", event_ids: [], faults: [{ check: "held", level: "refuse", text: "held" }] }
      : { id: reading.id, outcome: "recorded", event_ids: [reading.id], faults: [] };
    this.#answers.set(reading.id, made);
    return made;
  }
}

export const draft = (code: string): Draft => ({
  id: uuid(), node: "receive", version: 1, taken: deviceTime(new Date()), values: { unit: { raw: code } }, how: { unit: "scan" }, person: null, station: null, overrides: [],
});

export async function scans(disk: MemoryDisk, count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n++) await enqueue(disk, draft(`U${n}`), "demo", [`U${n}`]);
}

export const codes = (server: FakeServer) => server.ledger.map(({ values }) => (values.unit as { raw: string }).raw);
export const upTo = (count: number) => Array.from({ length: count }, (_, n) => `U${n}`);

/** A new page over the same disk: nothing but what was written is known. */
export const page = (disk: MemoryDisk, server: FakeServer, owner = uuid()) => new Synchroniser(disk, "device", owner, server);

/** Sending the queue: in order, in batches, again and again until the server has answered for every entry. */
import { Problem } from "../../api/problem";
import { digestsOf } from "../media/held";
import type { Disk, Entry, OutcomeFault } from "./disk";
import { deviceTime, isRefusal, prune } from "./queue";

const BATCH = 200;
const LEASE_MS = 30_000;
/** Bytes of attachments that are uploaded before the entries that name them are sent, so that these need not wait for all. */
const AT_ONCE = 4 * 1024 * 1024;
/** An upload over a slow network must not lose the right to send. */
const UPLOAD_LEASE_MS = 110_000;

export interface Outcome {
  id: string;
  outcome: "recorded" | "repeated" | "refused" | "warned";
  first?: "recorded" | "warned" | "refused" | null;
  event_ids?: readonly unknown[];
  faults?: readonly OutcomeFault[];
}

export interface Transport {
  /** Which of these attachments the server does not have. */
  missing: (digests: readonly string[]) => Promise<readonly string[]>;
  upload: (digest: string, content: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** @throws Problem with status 0 where the server is out of reach. */
  readings: (body: { device: string; sent: string; readings: unknown[] }) => Promise<{ outcomes: readonly Outcome[] }>;
  decide: (id: string, body: { outcome: "discarded" | "resubmitted"; reason: string; reading?: unknown }) => Promise<void>;
}

/** How a round ended: `idle`: nothing left; `away`: no network or a server in trouble; `stranger`: sign in first; `busy`: another window sends. */
export type RoundEnd = "idle" | "away" | "stranger" | "forbidden" | "busy";

export interface Round {
  end: RoundEnd;
  recorded: number;
  refused: Entry[];
  warned: Entry[];
  problem: Problem | null;
}

/** Whether waiting helps: the network, a server that restarts or asks for patience. */
function passes(problem: Problem): boolean {
  return problem.status === 0 || problem.status === 408 || problem.status === 429 || problem.status >= 500;
}

function faultOf(problem: Problem): OutcomeFault {
  return { code: problem.code, level: "refuse", text: problem.title || problem.code, remedy: problem.remedy, overridable: false };
}

export class Synchroniser {
  #running: Promise<Round> | null = null;
  #asked = false;

  constructor(
    private readonly disk: Disk,
    private readonly device: string,
    private readonly owner: string,
    private readonly transport: Transport,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Send until nothing waits or something bars the way. A call while it runs joins it, and has it look once more. */
  run(): Promise<Round> {
    if (this.#running) this.#asked = true;
    else
      this.#running = this.#rounds().finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #rounds(): Promise<Round> {
    const round: Round = { end: "idle", recorded: 0, refused: [], warned: [], problem: null };
    do {
      this.#asked = false;
      round.end = await this.#pass(round);
      // an entry may have come in after the last look at the queue
    } while (this.#mustLookAgain() && round.end === "idle");
    return round;
  }

  #mustLookAgain(): boolean {
    return this.#asked;
  }

  async #pass(round: Round): Promise<RoundEnd> {
    let size = BATCH;
    try {
      for (;;) {
        const time = this.now().getTime();
        if (!(await this.disk.claim(this.owner, time, time + LEASE_MS))) return "busy";
        const waiting = await this.disk.entries(["waiting"], size);
        if (waiting.length === 0) break;
        const ready = await this.#upload(waiting, round);
        size = ready === 0 ? BATCH : await this.#send(waiting.slice(0, ready), round);
      }
      await this.#tell();
      await prune(this.disk);
      await this.disk.sweep();
      return "idle";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      round.problem = error;
      return error.status === 401 ? "stranger" : error.status === 403 ? "forbidden" : "away";
    } finally {
      // the next window need not wait
      await this.disk.claim(this.owner, this.now().getTime(), 0);
    }
  }

  /**
   * Upload what entries name and the server lacks, in their order; return how many entries may be sent now. An entry whose
   * attachment the server does not take is refused when it comes first; 0 tells that.
   */
  async #upload(waiting: readonly Entry[], round: Round): Promise<number> {
    const named = waiting.map(({ reading }) => digestsOf(reading.values));
    const all = [...new Set(named.flat())];
    if (all.length === 0) return waiting.length;
    const missing = new Set(await this.transport.missing(all));
    let uploaded = 0;
    for (const [at, entry] of waiting.entries()) {
      if (at > 0 && uploaded >= AT_ONCE) return at;
      for (const digest of (named[at] ?? []).filter((each) => missing.has(each))) {
        const bytes = await this.disk.bytes(digest);
        // without its bytes the server tells what is wrong with the entry
        if (!bytes) continue;
        try {
          const time = this.now().getTime();
          await this.disk.claim(this.owner, time, time + UPLOAD_LEASE_MS);
          await this.transport.upload(digest, bytes.content);
        } catch (error) {
          if (!(error instanceof Problem) || passes(error) || error.status === 401 || error.status === 403) throw error;
          if (at > 0) return at;
          await this.#settle([entry], [{ id: entry.reading.id, outcome: "refused", faults: [faultOf(error)] }], round);
          return 0;
        }
        missing.delete(digest);
        uploaded += bytes.content.length;
      }
    }
    return waiting.length;
  }

  /** Send a batch and keep the answers; return how many to send next. */
  async #send(waiting: readonly Entry[], round: Round): Promise<number> {
    let outcomes: readonly Outcome[];
    try {
      const sent = deviceTime(this.now());
      ({ outcomes } = await this.transport.readings({ device: this.device, sent, readings: waiting.map(({ reading }) => reading) }));
    } catch (error) {
      if (!(error instanceof Problem) || passes(error) || error.status === 401 || error.status === 403) throw error;
      // the server takes no part of this batch: halve it, until the one entry is found that it cannot even read
      if (waiting.length > 1) return Math.ceil(waiting.length / 2);
      await this.#settle(waiting, [{ id: waiting[0]?.reading.id ?? "", outcome: "refused", faults: [faultOf(error)] }], round);
      return BATCH;
    }
    if ((await this.#settle(waiting, outcomes, round)) === 0) throw new Problem(0, { code: "client.unreadable" });
    return BATCH;
  }

  /** Keep what the server said of each entry; those without an answer wait on. Return how many had one. */
  async #settle(waiting: readonly Entry[], outcomes: readonly Outcome[], round: Round): Promise<number> {
    const answers = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    const answered = deviceTime(this.now());
    const settled = waiting.flatMap((entry): Entry[] => {
      const answer = answers.get(entry.reading.id);
      if (!answer) return [];
      const faults = [...(answer.faults ?? [])];
      const refused = isRefusal(answer.outcome, answer.first, faults, answer.event_ids ?? []);
      return [{ ...entry, state: refused ? "refused" : "recorded", faults, answered }];
    });
    await this.disk.change(settled);
    round.recorded += settled.filter(({ state }) => state === "recorded").length;
    round.refused.push(...settled.filter(({ state }) => state === "refused"));
    round.warned.push(...settled.filter(({ state, faults }) => state === "recorded" && faults.length > 0));
    return settled.length;
  }

  /** Tell the server what people decided about refused entries. */
  async #tell(): Promise<void> {
    for (const entry of await this.disk.entries(["discarded", "resent"])) {
      const { decision } = entry;
      if (!decision || decision.told) continue;
      // what stands in its place has been sent before; sent again, it changes nothing and joins the two
      const instead = decision.by === undefined ? undefined : (await this.disk.get(decision.by))?.reading;
      try {
        await this.transport.decide(entry.reading.id, { outcome: decision.outcome, reason: decision.reason, ...(instead ? { reading: instead } : {}) });
      } catch (error) {
        // already decided elsewhere, or never known to the server: nothing is left to tell
        if (!(error instanceof Problem) || passes(error) || error.status === 401 || error.status === 403) throw error;
      }
      await this.disk.change([{ ...entry, decision: { ...decision, told: true } }]);
    }
  }
}

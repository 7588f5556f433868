/** When to synchronise: after every entry, when the network or the page comes back, and else ever more patiently. */
import type { Round, Synchroniser } from "./sync";

const SOONEST_MS = 1_000;
const LATEST_MS = 30_000;

/** @returns a trigger and a stop. Every finished round is told to `onRound`. */
export function keepSending(synchroniser: Synchroniser, onRound: (round: Round) => void): { now: () => void; stop: () => void } {
  let pause = SOONEST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const again = (delay: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(now, delay);
  };
  function now(): void {
    clearTimeout(timer);
    synchroniser.run().then(
      (round) => {
        if (stopped) return;
        onRound(round);
        if (round.end === "away" || round.end === "busy") later(Number(round.problem?.params.retry_after ?? 0) * 1000);
        else {
          pause = SOONEST_MS;
          again(LATEST_MS);
        }
      },
      () => later(), // a round that broke off, such as while a file was read, is no reason to wait longer than without a network
    );
  }
  /** Ever more patiently, and no sooner than a busy server asks for. */
  const later = (asked = 0) => {
    pause = Math.min(pause * 2, LATEST_MS);
    again(Math.max(pause, asked));
  };
  const back = () => {
    pause = SOONEST_MS;
    if (document.visibilityState === "visible") now();
  };
  globalThis.addEventListener("online", back);
  document.addEventListener("visibilitychange", back);
  now();
  return {
    now,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      globalThis.removeEventListener("online", back);
      document.removeEventListener("visibilitychange", back);
    },
  };
}

/**
 * Sending again what the server was too busy to look at. It said so before it did anything, so this holds for entries as
 * well as for questions. A lock-out is no such thing: whoever guesses waits for themselves.
 */
const BUSY = new Set(["chassis.calls_too_many", "chassis.costly_too_many"]);
const TRIES = 6;
const LONGEST_S = 20;

/** How long the server asks us to wait; null: it asks nothing of the kind. */
async function secondsAsked(response: Response): Promise<number | null> {
  if (response.status !== 429) return null;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (!BUSY.has((body as { code?: string } | null)?.code ?? "")) return null;
  const asked = Number(response.headers.get("retry-after"));
  return asked <= LONGEST_S ? Math.max(asked, 1) : null;
}

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(new DOMException("aborted", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, ms);
    if (signal?.aborted) leave();
    else signal?.addEventListener("abort", leave, { once: true });
  });
}

/** The answer to a request whose first answer was `response`; `again` sends it once more. */
export async function patiently(response: Response, again: () => Promise<Response>, signal?: AbortSignal | null): Promise<Response> {
  let last = response;
  for (let tries = 0; tries < TRIES; tries++) {
    const seconds = await secondsAsked(last);
    if (seconds === null) break;
    await pause(seconds * 1000, signal);
    last = await again();
  }
  return last;
}

/** Addresses of the event list that a number on the home page stands for. */
const HOUR_MS = 3_600_000;

export function eventsLink(filters: Record<string, string>): string {
  return `/events?${new URLSearchParams(filters).toString()}`;
}

/** From midnight of the plant's day (as this browser sees it) on. */
export function dayStart(date: string): string {
  return new Date(`${date}T00:00:00`).toISOString();
}

export function hourWindow(hour: string): { from: string; to: string } {
  const start = Date.parse(hour);
  return { from: new Date(start).toISOString(), to: new Date(start + HOUR_MS).toISOString() };
}

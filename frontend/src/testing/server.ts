import { vi } from "vitest";

export interface Seen {
  method: string;
  url: URL;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; json?: unknown; headers?: Record<string, string> } | Error;

/** Stand in for the server: answers by "METHOD /path", everything asked is kept. */
export function serve(answers: Record<string, Answer | ((seen: Seen) => Answer)>): Seen[] {
  const asked: Seen[] = [];
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    const url = new URL(request.url);
    const text = await request.text();
    const seen: Seen = { method: request.method, url, headers: request.headers, body: text ? (JSON.parse(text) as unknown) : null };
    asked.push(seen);
    const found = answers[`${request.method} ${url.pathname}`];
    const answer = typeof found === "function" ? found(seen) : found;
    if (answer instanceof Error) throw answer;
    if (!answer) return new Response(JSON.stringify({ code: "test.no_answer" }), { status: 404, headers: { "content-type": "application/problem+json" } });
    const status = answer.status ?? 200;
    const type = status >= 400 ? "application/problem+json" : "application/json";
    return new Response(status === 204 ? null : JSON.stringify(answer.json ?? null), { status, headers: { "content-type": type, ...answer.headers } });
  });
  return asked;
}

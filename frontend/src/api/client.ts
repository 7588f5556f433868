import createClient, { type Middleware } from "openapi-fetch";

import { useConnection } from "./connection";
import { Problem, UNREACHABLE, UNREADABLE, problemOf } from "./problem";
import type { paths } from "./schema";

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

let csrfToken: string | null = null;
let language = "zh";
let onSignedOut: () => void = () => undefined;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}
export function setRequestLanguage(next: string): void {
  language = next;
}
/** Called when the server says that nobody is signed in; the shell then asks for the password, at the same page. */
export function setSignedOutListener(listener: () => void): void {
  onSignedOut = listener;
}

const NOT_SIGNED_IN = "kernel.not_signed_in";

function cookieToken(): string | null {
  return /(?:^|;\s*)(?:__Host-)?suyuan_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? null;
}

/** Headers every request carries: the person's language, and the CSRF token where the method changes something. */
export function requestHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { "Accept-Language": language === "en" ? "en" : "zh-CN" };
  const token = csrfToken ?? cookieToken();
  if (UNSAFE.has(method) && token) headers["X-CSRFToken"] = token;
  return headers;
}

/** `fetch` that reports reachability, turns a dead network into a {@link Problem}, and waits where a busy server asks for it. */
export async function reach(input: Request | string, init?: RequestInit): Promise<Response> {
  // a body is read only once
  const copy = () => (input instanceof Request ? input.clone() : input);
  const response = await once(copy(), init);
  if (response.status !== 429) return response;
  const { patiently } = await import("./patience");
  return patiently(response, () => once(copy(), init), input instanceof Request ? input.signal : init?.signal);
}

async function once(input: Request | string, init?: RequestInit): Promise<Response> {
  try {
    const response = await globalThis.fetch(input, init);
    // 502–504 come from a proxy whose server is down
    useConnection.getState().report(response.status < 502 || response.status > 504);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    useConnection.getState().report(false);
    throw new Problem(0, { code: UNREACHABLE });
  }
}

const edge: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(requestHeaders(request.method))) request.headers.set(name, value);
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return undefined;
    const problem = await problemOf(response);
    // a wrong password, code or passkey is also 401, but nobody was signed out by it
    if (problem.code === NOT_SIGNED_IN && !request.url.endsWith("/api/v1/session")) onSignedOut();
    throw problem;
  },
};

export const client = createClient<paths>({
  baseUrl: globalThis.location.origin,
  credentials: "same-origin",
  fetch: (request) => reach(request),
});
client.use(edge);

/** The body of a successful answer; anything else has already been thrown as a {@link Problem}. */
export async function unwrap<Data>(answer: Promise<{ data?: Data; response: Response }>): Promise<Data> {
  const { data, response } = await answer;
  if (data === undefined && response.status !== 204) throw new Problem(response.status, { code: UNREADABLE });
  return data as Data;
}

/** Download a file that the server makes; the browser saves it under the server's name. */
export async function download(path: string, fallbackName: string): Promise<void> {
  const response = await reach(path, { credentials: "same-origin", headers: requestHeaders("GET") });
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === NOT_SIGNED_IN) onSignedOut();
    throw problem;
  }
  const disposition = response.headers.get("content-disposition") ?? "";
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = encoded ? decodeURIComponent(encoded) : (plain ?? fallbackName);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Calls of the server, with the page's safety token and the reader's language; a refusal is a Problem. */
import { Problem, UNREACHABLE, UNREADABLE, problemOf } from "../api/problem";
import type { components } from "../api/schema";
import type { Floor, FloorWork } from "./floor";
import type { Transport } from "./offline/sync";
import { type Session, type Station, usePda } from "./state";

type PullBoard = components["schemas"]["PullBoard"];
type Delivered = components["schemas"]["Delivered"];

const PATIENCE_MS = 20_000;
const UPLOAD_PATIENCE_MS = 100_000;

function headers(method: string): Record<string, string> {
  const made: Record<string, string> = { "Accept-Language": usePda.getState().settings.language === "en" ? "en" : "zh-CN" };
  const token = /(?:^|;\s*)(?:__Host-)?suyuan_csrf=([^;]+)/u.exec(document.cookie)?.[1];
  if (method !== "GET" && token) made["X-CSRFToken"] = token;
  return made;
}

/** @returns the answer's body, or null for one without (204, 304). */
async function call<Body>(method: string, path: string, body?: unknown): Promise<Body | null> {
  const raw = body instanceof Uint8Array || body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: "same-origin",
      headers: { ...headers(method), ...(body === undefined ? {} : { "Content-Type": raw ? "application/octet-stream" : "application/json" }) },
      body: body === undefined ? null : raw ? (body as Uint8Array<ArrayBuffer> | Blob) : JSON.stringify(body),
      signal: AbortSignal.timeout(raw ? UPLOAD_PATIENCE_MS : PATIENCE_MS),
    });
  } catch {
    usePda.setState({ online: false });
    throw new Problem(0, { code: UNREACHABLE });
  }
  // 502–504 come from a proxy whose server is down
  usePda.setState({ online: response.status < 502 || response.status > 504 });
  if (response.status === 204 || response.status === 304) return null;
  if (!response.ok) throw await problemOf(response);
  try {
    return (await response.json()) as Body;
  } catch {
    throw new Problem(0, { code: UNREADABLE });
  }
}

async function certain<Body>(answer: Promise<Body | null>): Promise<Body> {
  const body = await answer;
  if (body === null) throw new Problem(0, { code: UNREADABLE });
  return body;
}

export const server = {
  session: () => certain(call<Session>("GET", "/session")),
  signIn: (login: string, password: string, code: string | null) => certain(call<Session>("POST", "/session", { login, password, code })),
  signInByBadge: (tenant: string | null, badge: string, pin: string) => certain(call<Session>("POST", "/session/badge", { tenant, badge, pin })),
  signOut: () => call("DELETE", "/session"),
  post: (path: string, body: unknown) => call("POST", path, body),
  pulls: () => certain(call<PullBoard>("GET", "/production/pulls")),
  deliver: (id: string, brought: readonly { code: string; quantity?: string; reason: string }[]) => certain(call<Delivered>("POST", `/production/pulls/calls/${encodeURIComponent(id)}/deliver`, { brought })),
  floor: (since: string | null) => call<Floor>("GET", `/production/station${since === null ? "" : `?since=${encodeURIComponent(since)}`}`),
  work: (since: string | null) => call<FloorWork>("GET", `/production/station/work${since === null ? "" : `?since=${encodeURIComponent(since)}`}`),
  /** What was said, by the recogniser of the plant's own server. */
  heard: async (sound: Blob, language: string) => (await certain(call<{ text: string }>("POST", `/capture/speech?language=${language}`, sound))).text,
  /** null: nothing has changed since. */
  station: (since: string | null) => call<Station>("GET", `/capture/station${since === null ? "" : `?since=${encodeURIComponent(since)}`}`),
};

export const transport: Transport = {
  missing: async (digests) => (await certain(call<{ missing: readonly string[] }>("POST", "/capture/attachments/missing", { sha256: digests }))).missing,
  upload: async (digest, content) => {
    await call("PUT", `/capture/attachments/${digest}`, content);
  },
  readings: (body) => certain(call<{ outcomes: [] }>("POST", "/capture/readings", body)),
  decide: async (id, body) => {
    await call("POST", `/capture/refused/${encodeURIComponent(id)}`, body);
  },
};

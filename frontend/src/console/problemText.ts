import { PASSKEY_STOPPED } from "../api/passkeys";
import type { TFunction } from "i18next";

import { type Problem, UNREACHABLE, UNREADABLE } from "../api/problem";

export interface ProblemText {
  title: string;
  remedy: string;
}

type Known = "passkeyStopped" | "unreachable" | "unreadable" | "failed" | "signedOut" | "forbidden" | "notFound" | "tooLarge" | "tooMany" | "proxy" | "server" | "unknown";

const BY_CODE: Record<string, Known> = { [UNREACHABLE]: "unreachable", [PASSKEY_STOPPED]: "passkeyStopped", [UNREADABLE]: "unreadable", "client.failed": "failed" };
const BY_STATUS: Record<number, Known> = {
  401: "signedOut",
  403: "forbidden",
  404: "notFound",
  413: "tooLarge",
  429: "tooMany",
  500: "server",
  502: "proxy",
  503: "proxy",
  504: "proxy",
};

/** What went wrong and what to do, in the reader's language: the server's own words first. */
export function problemText(t: TFunction, problem: Problem): ProblemText {
  const known = BY_CODE[problem.code] ?? BY_STATUS[problem.status] ?? "unknown";
  return {
    title: problem.title || t(`problem.${known}.title`),
    remedy: problem.remedy || t(`problem.${known}.remedy`),
  };
}

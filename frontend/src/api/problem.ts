/** A refusal from the server (RFC 7807) or from the network, ready to be shown to a person. */

/** One reason of several; a check that is `overridable` is let pass by this person, with a reason. */
export interface ProblemFinding {
  code: string;
  text: string;
  remedy: string;
  check: string | null;
  overridable: boolean;
}

export interface ProblemBody {
  title?: string;
  detail?: string;
  status?: number;
  code?: string;
  at?: string;
  params?: Record<string, string>;
  request_id?: string;
  findings?: ProblemFinding[];
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** What is wrong, in the language the request asked for; empty for faults that only the client knows. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where: a JSON pointer (`/password`) or `char N`. */
  readonly at: string | null;
  readonly params: Record<string, string>;
  readonly requestId: string | null;
  /** All that is wrong, where the server tells more than one thing. */
  readonly findings: readonly ProblemFinding[];

  constructor(status: number, body: ProblemBody) {
    super(body.title ?? body.code ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? `http.${status}`;
    this.title = body.title ?? "";
    this.remedy = body.detail ?? "";
    this.at = body.at ?? null;
    this.params = body.params ?? {};
    this.requestId = body.request_id ?? null;
    this.findings = body.findings ?? [];
  }

  /** The form field this refusal points at: the last step of its JSON pointer, `/roles/0/role_id` → `["roles", 0, "role_id"]`. */
  get field(): (string | number)[] | null {
    if (!this.at?.startsWith("/")) return null;
    return this.at
      .slice(1)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  }
}

export const UNREACHABLE = "client.unreachable";
export const UNREADABLE = "client.unreadable";

/** Turn whatever was thrown into a problem; a bug in our own code keeps its message. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { code: "client.failed", title: "", detail: error instanceof Error ? error.message : String(error) });
}

let lastFailed: string | null = null;

/** The request id of the last failure that this page has seen; null: none. */
export function lastFailedRequest(): string | null {
  return lastFailed;
}

/** Read the body of a failed answer, whatever it is. */
export async function problemOf(response: Response): Promise<Problem> {
  const problem = await read(response);
  lastFailed = problem.requestId ?? lastFailed;
  return problem;
}

async function read(response: Response): Promise<Problem> {
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("json")) {
    try {
      const body: unknown = await response.json();
      if (typeof body === "object" && body !== null) return new Problem(response.status, body);
    } catch {
      // an answer cut short is as good as none: fall through to the status alone
    }
  }
  return new Problem(response.status, { code: `http.${response.status}` });
}

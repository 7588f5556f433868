/**
 * Names for what the server sends and takes, all from the generated `schema.d.ts` (`make openapi`).
 * Times are ISO 8601 with offset; quantities and measured values are exact decimals as strings.
 */
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Language = "zh" | "en";
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A page of a list; `next` is the cursor of the following page. */
export interface Page<Row> {
  rows: Row[];
  next?: string | null;
  total?: number | null;
}

export type Site = Schemas["SiteInfo"];
export type SiteInput = Schemas["NewSite"];
export type PublicProduct = Schemas["PublicProduct"];
export type PublicProductInput = Schemas["ProductPage"];
export type OwnProof = Schemas["OwnProof"];
export type Passkey = Schemas["Passkey"];
export type Provider = Schemas["Provider"];
export type ProviderInput = Required<Schemas["NewProvider"]>;
export type GroupRole = Schemas["GroupRole"];
export type DutiesState = Schemas["Duties"];
export type DutyConflict = Schemas["DutyConflict"];
export type Administrators = Schemas["Administrators"];
export type Enrolment = Schemas["Enrolment"];
export type SignInPolicy = Schemas["SignInPolicy"];
export type SignInRow = Schemas["SignInRow"];
export type HeldRight = Schemas["HeldRight"];
export type Feedback = Schemas["Feedback"];
export type FeedbackKind = Schemas["FeedbackKind"];
export type SecurityAlert = Schemas["SecurityAlert"];
export type MailRow = Schemas["MailRow"];
export type HeldRole = Schemas["HeldRole"];
export type Signature = Schemas["Signature"];
export type Meaning = Schemas["SignatureMeaning"];
/** Who signs, proving again to be there. */
export type PresenceProof = Pick<Schemas["NewSignature"], "login" | "password"> & { code?: string | null; passkey?: Record<string, unknown> | null };
export type Approval = Schemas["Approval"];
export type ApprovalState = Schemas["ApprovalState"];

/** The server describes its session loosely; this is what it sends. */
export interface Session {
  user: { id: number; login: string; name: string; language: Language };
  tenant: { id: number; code: string; name: string };
  sites: Site[];
  permissions: string[];
  /** Groups of fields that are blank for them in every answer. */
  withheld?: ("people" | "parties" | "measured")[];
  /** What the person must do before their rights hold. */
  must: ("password" | "second_factor")[];
  csrf_token: string;
  /** Where signing out goes on to, at the service that signed the person in. */
  leave_to?: string;
}

export type ItemMention = Schemas["NamedItem"];
export type EventRow = Schemas["EventRow"];
export type EventDetail = Schemas["EventDetail"];
export type Parameter = Schemas["Parameter"];
export type Correction = Schemas["Correction"];
export type EventQuery = NonNullable<operations["suyuan_trace_web_events_list_events"]["parameters"]["query"]>;
export type EventSort = NonNullable<EventQuery["sort"]>;

export type Alarm = Schemas["Alarm"];
export type Home = Schemas["Home"];

/** What the live stream says (`event: recorded`). */
export interface Recorded {
  count: number;
  latest: EventRow[];
}

export type DecodedCode = Schemas["DecodedCode"];
export type CodeForms = Schemas["CodeForms"];
export type Bindings = Schemas["Bindings"];
export type Bound = Schemas["Bound"];
export type BoundItem = Schemas["BoundItem"];
export type Suggestion = Schemas["Suggestion"];
export type ItemRow = Schemas["ItemRow"];
export type ItemReference = Schemas["ItemReference"];
export type ItemDetail = Schemas["ItemDetail"];
export type Whereabouts = Schemas["Whereabouts"];
export type TimelineRow = Schemas["TimelineRow"];
export type Stay = Schemas["Stay"];

export type Term = Schemas["Word"];
export type NamedUri = Schemas["NamedUri"];
export type Vocabulary = Schemas["Vocabulary"];

export type CaptureJob = Schemas["CaptureJobRow"];
export type CaptureJobDetail = Schemas["CaptureJobDetail"];
export type CaptureRefusal = Schemas["CaptureRefusal"];

export type RoleGrant = Schemas["RoleGrant"];
export type Person = Schemas["Person"];
export type PersonInput = Schemas["NewPerson"] & { roles: RoleGrant[] };
export type Invitation = Schemas["Invitation"];
export type InvitationMade = Schemas["InvitationMade"];
export type Role = Schemas["RoleInfo"];
export type RoleInput = Schemas["NewRole"];
export type Permission = Schemas["PermissionAnswer"];
export type Token = Schemas["TokenInfo"];
export type TokenInput = Schemas["NewToken"];
export type TokenMade = Schemas["TokenMade"];
export type LogState = Schemas["LogState"];
export type LogKey = Schemas["LogKey"];
export type LogVerification = Schemas["LogVerification"];
export type RetentionRule = Schemas["RetentionRule"];
export type LegalHold = Schemas["LegalHold"];
export type Removal = Schemas["Removal"];
export type Transfer = Schemas["Transfer"];
export type LogPlace = Schemas["CheckpointPlace"];
export type LogPlaceKind = LogPlace["kind"];
export type Checkpoint = Schemas["CheckpointInfo"];
export type AuditReview = Schemas["AuditReview"];
export type AuditRow = Schemas["AuditEntry"];
export type AuditQuery = NonNullable<operations["suyuan_compliance_web_audit_list_audit"]["parameters"]["query"]>;

export type TraceDirection = "back" | "forward";
export type Verdict = "certain" | "possible" | "excluded";
/** The schema keeps these words as plain text; these are the ones there are. */
export type TraceItem = Omit<Schemas["TracedItem"], "verdict" | "role"> & { verdict: Verdict; role: "start" | "product" | "carrier" | "condition" };
export type TraceEvent = Omit<Schemas["TracedEvent"], "verdict"> & { verdict: Verdict };
export type TraceAnswer = Omit<Schemas["TraceAnswer"], "items" | "events"> & { items: TraceItem[]; events: TraceEvent[] };
export type TraceEdge = Schemas["TracedEdge"];
export type TraceGap = Schemas["TracedGap"];
export type TracedActor = Schemas["TracedActor"];
export type TraceQuery = operations["suyuan_portal_web_desk_trace"]["parameters"]["query"];

/** The routes of `/api/v1` in the shape openapi-fetch reads, so that a generated schema can take its place. */
import type * as c from "./contract";
import type { TraceAnswer } from "./traceContract";

interface Content<Body> {
  content: { "application/json": Body };
}
type Parameters<Query, Path> = {
  query?: [Query] extends [never] ? never : Query;
  header?: never;
  cookie?: never;
} & ([Path] extends [never] ? { path?: never } : { path: Path });
type RequestBody<Body> = [Body] extends [never] ? { requestBody?: never } : { requestBody: Content<Body> };
type Operation<Answer, Query, Path, Body> = {
  parameters: Parameters<Query, Path>;
  responses: { 200: { headers: Record<string, unknown> } & Content<Answer> };
} & RequestBody<Body>;
type Read<Answer, Query = never, Path = never> = Operation<Answer, Query, Path, never>;
type Write<Body, Answer, Path = never> = Operation<Answer, never, Path, Body>;
interface ById {
  id: number;
}

export interface paths {
  "/api/v1/session": {
    get: Read<c.Session>;
    post: Write<{ login: string; password: string }, c.Session>;
    patch: Write<{ language: c.Language }, c.Session>;
    delete: Read<unknown>;
  };
  "/api/v1/session/password": { post: Write<{ old: string; new: string }, unknown> };
  "/api/v1/home": { get: Read<c.Home> };
  "/api/v1/codes/decode": { get: Read<c.DecodedCode, { code: string }> };
  "/api/v1/items": { get: Read<c.Page<c.ItemRow>, { search?: string; kind?: string; cursor?: string; limit?: number }> };
  "/api/v1/items/{id}": { get: Read<c.ItemDetail, never, ById> };
  "/api/v1/items/{id}/timeline": { get: Read<c.Page<c.TimelineRow>, { cursor?: string }, ById> };
  "/api/v1/items/{id}/contents": { get: Read<c.Page<c.Stay>, { cursor?: number; limit?: number }, ById> };
  "/api/v1/items/{id}/containers": { get: Read<c.Page<c.Stay>, never, ById> };
  "/api/v1/trace/back": { get: Read<TraceAnswer, c.TraceQuery> };
  "/api/v1/trace/forward": { get: Read<TraceAnswer, c.TraceQuery> };
  "/api/v1/events": { get: Read<c.Page<c.EventRow>, c.EventQuery> };
  "/api/v1/events/{number}": { get: Read<c.EventDetail, never, { number: number }> };
  "/api/v1/vocabulary": { get: Read<c.Vocabulary> };
  "/api/v1/capture/jobs": { get: Read<c.Page<c.CaptureJob>, { cursor?: string }> };
  "/api/v1/capture/jobs/{id}": { get: Read<c.CaptureJobDetail, never, { id: string }> };
  "/api/v1/people": {
    get: Read<c.Page<c.Person>, { search?: string; cursor?: string }>;
    post: Write<c.PersonInput, c.Person>;
  };
  "/api/v1/people/{id}": { get: Read<c.Person, never, ById>; patch: Write<Partial<c.PersonInput>, c.Person, ById> };
  "/api/v1/roles": { get: Read<c.Page<c.Role>>; post: Write<c.RoleInput, c.Role> };
  "/api/v1/roles/{id}": { patch: Write<c.RoleInput, c.Role, ById>; delete: Read<unknown, never, ById> };
  "/api/v1/permissions": { get: Read<c.Permission[]> };
  "/api/v1/tokens": { get: Read<c.Page<c.Token>>; post: Write<c.TokenInput, c.TokenMade> };
  "/api/v1/tokens/{id}": { delete: Read<unknown, never, ById> };
  "/api/v1/sites": { get: Read<c.Page<c.Site>>; post: Write<c.SiteInput, c.Site> };
  "/api/v1/sites/{id}": { patch: Write<Partial<c.SiteInput>, c.Site, ById> };
  "/api/v1/audit": { get: Read<c.Page<c.AuditRow>, c.AuditQuery> };
}

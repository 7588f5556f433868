/** People, roles, tokens, sites and the audit trail. */
import type { Json, Language, Site } from "./contract";

export interface RoleGrant {
  role_id: number;
  site_id: number | null;
}
export interface Person {
  id: number;
  login: string;
  name: string;
  language: Language;
  active: boolean;
  roles: RoleGrant[];
  created: string;
  last_login: string | null;
}
export type PersonInput = Omit<Person, "id" | "created" | "last_login"> & { password?: string };

export interface Role {
  id: number;
  name_zh: string;
  name_en: string;
  permissions: string[];
  people: number;
}
export type RoleInput = Pick<Role, "name_zh" | "name_en" | "permissions">;

export interface Permission {
  name: string;
  zh: string;
  en: string;
}

export interface Token {
  id: number;
  name: string;
  prefix: string;
  permissions: string[];
  site_id: number | null;
  created: string;
  created_by: string;
  expires: string | null;
  last_used: string | null;
  revoked: string | null;
}
export interface TokenInput {
  name: string;
  permissions: string[];
  site_id: number | null;
  expires: string | null;
}
export interface TokenMade {
  token: Token;
  secret: string;
}

export type SiteInput = Omit<Site, "id">;

/** One change of one row: who, when, how, before, after, why. */
export interface AuditRow {
  id: number;
  at: string;
  actor_id: number | null;
  actor: string;
  via: string;
  request_id: string;
  table: string;
  key: string;
  action: string;
  before: Record<string, Json> | null;
  after: Record<string, Json> | null;
  reason: string | null;
}

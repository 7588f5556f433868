import { type Query, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { create } from "zustand";

import { client, setCsrfToken, unwrap } from "./client";
import type { Session } from "./contract";
import { askPasskey } from "./passkeys";
import { Problem } from "./problem";

export const SESSION_KEY = ["session"] as const;

/** Why the sign-in page is shown, when it is not the first visit. */
export const useSignInReason = create<{ reason: "expired" | "signedOut" | null }>()(() => ({ reason: null }));

/** The server's schema leaves the session's parts open; their shape is told in the contract. */
export function asSession(answer: unknown): Session {
  return answer as Session;
}

async function readSession(signal: AbortSignal): Promise<Session | null> {
  try {
    const session = asSession(await unwrap(client.GET("/api/v1/session", { signal })));
    setCsrfToken(session.csrf_token);
    return session;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** The signed-in person, `null` for nobody. */
export function useSessionQuery() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: ({ signal }) => readSession(signal), staleTime: 5 * 60_000, retry: false });
}

/** The session inside the sign-in gate, where there always is one. */
export function useSession(): Session {
  const { data } = useSessionQuery();
  if (!data) throw new Error("useSession outside the sign-in gate");
  return data;
}

/** Whether the signed-in person holds a permission (`module:thing:verb`). */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return useCallback((permission: string) => permissions.includes(permission), [permissions]);
}

/** Groups of fields that a right of their own opens; for who does not hold it, every answer has them blank. */
export type FieldGroup = "people" | "parties" | "measured";

const NONE: readonly FieldGroup[] = [];

/** The groups that the signed-in person does not see. */
export function useWithheldGroups(): readonly FieldGroup[] {
  return useSessionQuery().data?.withheld ?? NONE;
}

/** Whether a group is blank for the signed-in person: an empty place then does not mean that there is nothing. */
export function useWithheld(): (group: FieldGroup) => boolean {
  const groups = useWithheldGroups();
  return useCallback((group: FieldGroup) => groups.includes(group), [groups]);
}

export interface Credentials {
  login: string;
  password: string;
  code?: string | null;
  passkey?: Record<string, unknown> | null;
}

export async function signIn(cache: QueryClient, given: Credentials): Promise<void> {
  keepSession(cache, await unwrap(client.POST("/api/v1/session", { body: given })));
}

/** Sign in with a passkey alone. */
export async function signInByPasskey(cache: QueryClient): Promise<void> {
  const answer = await askPasskey();
  keepSession(cache, await unwrap(client.POST("/api/v1/session/passkeys/sign-in", { body: { answer } })));
}

function keepSession(cache: QueryClient, answer: unknown): void {
  const session = asSession(answer);
  setCsrfToken(session.csrf_token);
  useSignInReason.setState({ reason: null });
  cache.setQueryData(SESSION_KEY, session);
}

/** Forget the person. What they saw is forgotten once their pages are gone: a page that loses it asks for it again. */
export function forgetSession(cache: QueryClient, reason: "expired" | "signedOut"): void {
  if (cache.getQueryData(SESSION_KEY)) useSignInReason.setState({ reason });
  setCsrfToken(null);
  cache.setQueryData(SESSION_KEY, null);
}

/** Forget what nobody looks at, where nobody is signed in. To be used by whoever takes the pages away. */
export function useForgetting(session: Session | null | undefined): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (session === null) cache.removeQueries({ type: "inactive", predicate: ofSomebody });
  }, [cache, session]);
}

function ofSomebody(query: Query): boolean {
  return query.queryKey[0] !== SESSION_KEY[0];
}

export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    const leaveTo = cache.getQueryData<Session | null>(SESSION_KEY)?.leave_to;
    await cache.cancelQueries({ predicate: ofSomebody }); // what is still asked would be refused once nobody is signed in
    await unwrap(client.DELETE("/api/v1/session"));
    forgetSession(cache, "signedOut");
    if (leaveTo) globalThis.location.assign(leaveTo);
  };
}

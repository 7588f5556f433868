import { useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "../api/client";
import type { Signature } from "../api/contract";
import type { Signed } from "./SignDialog";

/** The record as it would be signed now. */
export function useRecordToSign(kind: string, subject: string, open: boolean) {
  return useQuery({
    queryKey: ["signatures", "record", kind, subject],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/signatures/record", { params: { query: { kind, subject } }, signal })),
    enabled: open,
    gcTime: 0,
  });
}

/** Signatures under one record, newest first. */
export function useSignatures(kind: string, subject: string, enabled: boolean) {
  return useQuery({
    queryKey: ["signatures", "under", kind, subject],
    queryFn: async ({ signal }): Promise<readonly Signature[]> =>
      (await unwrap(client.GET("/api/v1/signatures", { params: { query: { kind, subject, limit: 50 } }, signal }))).rows,
    enabled,
  });
}

export function useSign(kind: string, subject: string) {
  const cache = useQueryClient();
  return async (digest: string, signed: Signed): Promise<void> => {
    await unwrap(client.POST("/api/v1/signatures", { body: { kind, subject, digest, ...signed } }));
    await cache.invalidateQueries({ queryKey: ["signatures"] });
  };
}

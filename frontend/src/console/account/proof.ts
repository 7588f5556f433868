import { useQuery, type UseQueryResult } from "@tanstack/react-query";

import { client, unwrap } from "../../api/client";
import type { OwnProof } from "../../api/contract";

export const PROOF_KEY = ["proof"] as const;

/** How the signed-in person proves who they are: authenticator, recovery codes, sessions, the company's rules. */
export function useProof(): UseQueryResult<OwnProof> {
  return useQuery({ queryKey: PROOF_KEY, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/session/proof", { signal })) });
}

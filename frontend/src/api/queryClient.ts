import { QueryClient } from "@tanstack/react-query";

import { setSignedOutListener } from "./client";
import { Problem } from "./problem";
import { forgetSession } from "./session";

/** Only what may pass by itself is asked again: the network and a busy server, never a refusal. */
function mayRetry(failures: number, error: Error): boolean {
  const passing = error instanceof Problem && (error.status === 0 || error.status >= 502);
  return passing && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: mayRetry, staleTime: 15_000, refetchOnWindowFocus: false }, mutations: { retry: false } },
});

setSignedOutListener(() => forgetSession(queryClient, "expired"));

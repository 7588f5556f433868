import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { client, unwrap } from "../../api/client";
import type { EventRow, Home } from "../../api/contract";
import { followLive, type LiveState } from "../../api/live";

const KEY = ["home"];
const TICKER_LENGTH = 10;
/** The tiles are counted anew at most this often, however fast events come. */
const RECOUNT_MS = 5_000;

/** The reader's clock against UTC: the server's "today" is the reader's. */
function minutesEast(): number {
  return -new Date().getTimezoneOffset();
}

/** New events before the ones on show, each once, newest first. */
export function mergeLatest(fresh: readonly EventRow[], shown: readonly EventRow[]): EventRow[] {
  const seen = new Map([...shown, ...fresh].map((event) => [event.number, event]));
  return [...seen.values()].sort((one, other) => other.number - one.number).slice(0, TICKER_LENGTH);
}

/** The home page's numbers, kept fresh by the live stream. */
export function useLiveHome() {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/home", { params: { query: { offset: minutesEast() } }, signal })), refetchInterval: 60_000 });

  useEffect(() => {
    let recount: ReturnType<typeof setTimeout> | undefined;
    const end = followLive({
      onState: (next) => {
        setState(next);
        // whatever happened during a break is counted now
        if (next === "on") void cache.invalidateQueries({ queryKey: KEY });
      },
      onRecorded: ({ latest }) => {
        cache.setQueryData<Home>(KEY, (home) => home && { ...home, latest: mergeLatest(latest, home.latest) });
        recount ??= setTimeout(() => {
          recount = undefined;
          void cache.invalidateQueries({ queryKey: KEY });
        }, RECOUNT_MS);
      },
    });
    return () => {
      clearTimeout(recount);
      end();
    };
  }, [cache]);

  return { query, state };
}

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { followLive, type LiveState } from "../../api/live";

/** A board is asked anew at most this often, however fast events come. */
const REFRESH_MS = 3_000;

/** Keep a query fresh while events are recorded; `kind`: also when the server tells that this changed. */
export function useLive(key: QueryKey, kind?: string): LiveState {
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const wanted = JSON.stringify(key);
  useEffect(() => {
    const refresh = () => void cache.invalidateQueries({ queryKey: JSON.parse(wanted) as QueryKey });
    let due: ReturnType<typeof setTimeout> | undefined;
    const end = followLive({
      onState: (next) => {
        setState(next);
        // whatever happened during a break is counted now
        if (next === "on") refresh();
      },
      onRecorded: () => {
        due ??= setTimeout(() => {
          due = undefined;
          refresh();
        }, REFRESH_MS);
      },
      onChanged: (changed) => {
        if (changed.kind === kind) refresh();
      },
    });
    return () => {
      clearTimeout(due);
      end();
    };
  }, [cache, wanted, kind]);
  return state;
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { followLive } from "../api/live";
import { forgetLists } from "../designer/definitions";

/** What somebody publishes is in use on every open screen within moments: lists of definitions follow the live stream. */
export function useLiveDefinitions(): void {
  const cache = useQueryClient();
  useEffect(() => {
    let heard = false;
    return followLive({
      onChanged: ({ kind, key }) => void forgetLists(cache, kind, key),
      onState: (state) => {
        // what was published during a break was not told
        if (state === "on" && heard) void cache.invalidateQueries({ queryKey: ["definitions"] });
        heard ||= state === "on";
      },
    });
  }, [cache]);
}

import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Page } from "../api/contract";
import { backFrom, cursorOf, FIRST_PAGE, forwardTo, type Place } from "./table";

export interface PagedList<Row> {
  rows: Row[] | undefined;
  total: number | null;
  error: Error | null;
  /** Rows on the screen belong to the page before while the next one is on its way. */
  stale: boolean;
  fetching: boolean;
  page: number;
  previous: (() => void) | null;
  next: (() => void) | null;
  refresh: () => void;
}

/** A list the server pages by cursor. A change of `key` (other filters, another order) goes back to the first page. */
export function usePagedList<Row>(
  key: QueryKey,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>,
): PagedList<Row> {
  const identity = JSON.stringify(key);
  const [at, setAt] = useState<{ identity: string; place: Place }>({ identity, place: FIRST_PAGE });
  const place = at.identity === identity ? at.place : FIRST_PAGE;
  const cursor = cursorOf(place);
  const query = useQuery({
    queryKey: [...key, { cursor }],
    queryFn: ({ signal }) => load(cursor, signal),
    placeholderData: keepPreviousData,
  });
  const go = (next: Place) => setAt({ identity, place: next });
  const following = query.data?.next;
  return {
    rows: query.data?.rows,
    total: query.data?.total ?? null,
    error: query.error,
    stale: query.isPlaceholderData,
    fetching: query.isFetching,
    page: place.cursors.length + 1,
    previous: place.cursors.length > 0 ? () => go(backFrom(place)) : null,
    next: following ? () => go(forwardTo(place, following)) : null,
    refresh: () => void query.refetch(),
  };
}

import { Button, Skeleton, Spin } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { TimelineRow } from "../api/contract";
import { ProblemView } from "../console/ProblemView";
import { TimelineEvent } from "./TimelineEvent";
import { useTimeline } from "./useTrace";

interface TimelineProps {
  readonly itemId: number;
  readonly onEvent: (number: number) => void;
  readonly onItem: (id: number) => void;
}

/** The calendar day on the spot, from the event's own offset. */
export function dayOf(row: TimelineRow): string {
  return new Date(Date.parse(row.time) + row.offset_minutes * 60_000).toISOString().slice(0, 10);
}

/** Rows grouped by day, in the order they come. */
export function byDay(rows: readonly TimelineRow[]): (readonly [string, readonly TimelineRow[]])[] {
  const days: [string, TimelineRow[]][] = [];
  for (const row of rows) {
    const day = dayOf(row);
    const last = days[days.length - 1];
    if (last?.[0] === day) last[1].push(row);
    else days.push([day, [row]]);
  }
  return days;
}

/** Everything that happened to the item, newest first, by day. */
export function Timeline({ itemId, onEvent, onItem }: TimelineProps) {
  const { t } = useTranslation();
  const query = useTimeline(itemId);
  const days = useMemo(() => byDay(query.data?.pages.flatMap((page) => page.rows) ?? []), [query.data]);
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (!days.length) return <p className="muted">{t("trace.timeline.empty")}</p>;
  return (
    <div className="timeline">
      {days.map(([day, rows]) => (
        <section key={day} aria-label={day}>
          <h3 className="timeline-day num">{day}</h3>
          <ol>
            {rows.map((row) => (
              <TimelineEvent key={row.number} row={row} itemId={itemId} onEvent={onEvent} onItem={onItem} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Button block onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
          {query.isFetchingNextPage ? <Spin size="small" /> : t("trace.timeline.more")}
        </Button>
      )}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import type { Board } from "../../api/floor";
import { tailOf } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { TvButton, useTv } from "../floor/tv";
import { useLive } from "../floor/useLive";
import { LiveMark } from "../home/HomePanels";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import "../../i18n/floor";
import "../floor/floor.css";
import "./wip.css";
import { Bottleneck } from "./Bottleneck";
import { ItemsDrawer } from "./ItemsDrawer";
import { IdleOperations, OperationCard } from "./OperationCard";
import { Totals } from "./Totals";

const WINDOWS = [2, 8, 24] as const;

export interface WipFilter {
  order?: string;
  line?: string;
  hours: number;
}

function useFilter(): [WipFilter, (change: Partial<Record<"order" | "line" | "hours", string | undefined>>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const order = parameters.get("order") ?? undefined;
  const line = parameters.get("line") ?? undefined;
  const asked = Number(parameters.get("hours"));
  const hours = WINDOWS.find((known) => known === asked) ?? 8;
  const change = (next: Partial<Record<string, string | undefined>>) =>
    setParameters((before) => {
      const changed = new URLSearchParams(before);
      for (const [name, value] of Object.entries(next)) {
        if (value) changed.set(name, value);
        else changed.delete(name);
      }
      return changed;
    });
  return [{ ...(order ? { order } : {}), ...(line ? { line } : {}), hours }, change];
}

function Filters({ filter, orders, onChange }: { filter: WipFilter; orders: readonly string[]; onChange: ReturnType<typeof useFilter>[1] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const lines = useQuery({ queryKey: ["wip-lines"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/wip/lines", { signal })), staleTime: 60_000 });
  const known = new Set(orders);
  if (filter.order) known.add(filter.order);
  return (
    <>
      <Select
        className="floor-choice"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={filter.line ?? null}
        placeholder={t("floor.wip.line")}
        aria-label={t("floor.wip.line")}
        options={(lines.data ?? []).map(({ uri, zh, en }) => ({ value: uri, label: named(language, zh, en, uri) }))}
        onChange={(line: string | null) => onChange({ line: line ?? undefined })}
      />
      <Select
        className="floor-choice"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={filter.order ?? null}
        placeholder={t("floor.wip.order")}
        aria-label={t("floor.wip.order")}
        options={[...known].map((order) => ({ value: order, label: tailOf(order) }))}
        onChange={(order: string | null) => onChange({ order: order ?? undefined })}
      />
      <Segmented
        aria-label={t("floor.wip.window")}
        value={filter.hours}
        options={WINDOWS.map((hours) => ({ value: hours, label: t("floor.wip.hours", { hours }) }))}
        onChange={(hours) => onChange({ hours: String(hours) })}
      />
    </>
  );
}

function Shown({ board, onOpen }: { board: Board; onOpen: (operation: string) => void }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...board.rows.map(({ count }) => count));
  if (board.rows.length === 0) return <Empty title={t("floor.wip.emptyTitle")} text={t("floor.wip.emptyText")} />;
  return (
    <>
      <Totals board={board} />
      <Bottleneck board={board} onOpen={onOpen} />
      <ol className="operations">
        {board.rows.filter(({ count }) => count > 0).map((row) => (
          <OperationCard key={`${row.operation} ${row.ahead}`} row={row} hours={board.window_hours} share={row.count / most} bottleneck={row.operation === board.bottleneck && row.ahead} onOpen={onOpen} />
        ))}
      </ol>
      <IdleOperations rows={board.rows.filter(({ count }) => count === 0)} />
    </>
  );
}

/** What waits where: the board of work in process, live; on a wall with `?tv=1`. */
export default function WipPage() {
  const { t } = useTranslation();
  const [tv] = useTv();
  const [filter, change] = useFilter();
  const [opened, setOpened] = useState<string | null>(null);
  const state = useLive(["wip"]);
  const query = useQuery({
    queryKey: ["wip", filter],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/wip", { params: { query: filter }, signal })),
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  });
  const board = query.data;
  return (
    <div className={tv ? "page tv-page" : "page"}>
      <PageHead title={t("floor.wip.title")} {...(tv ? {} : { text: t("floor.wip.text") })}>
        <LiveMark state={state} />
        {!tv && <Filters filter={filter} orders={board?.orders ?? []} onChange={change} />}
        <TvButton />
      </PageHead>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {!board && !query.error && <PageSkeleton />}
      {board && <Shown board={board} onOpen={setOpened} />}
      {board && <ItemsDrawer row={board.rows.find(({ operation }) => operation === opened) ?? null} filter={filter} onClose={() => setOpened(null)} />}
    </div>
  );
}

import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { client, download, unwrap } from "../../api/client";
import type { EventQuery, EventRow, EventSort } from "../../api/contract";
import { useMay } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar } from "../../meta/FilterBar";
import { type FilterValues, useFilters } from "../../meta/filters";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import { EventDrawer } from "./EventDrawer";
import { useEventColumns } from "./eventColumns";
import { useEventFilters } from "./eventFilters";

const FILTERS = ["from", "to", "type", "action", "step", "place", "item", "person", "equipment", "disposition", "order", "sort"] as const;
const NEWEST: EventSort = "-time";
const SORTS: readonly EventSort[] = ["-time", "time", "-recorded", "recorded"];

function eventQuery(values: FilterValues, sort: EventSort, cursor: string | undefined): EventQuery {
  return { ...values, sort, ...(cursor ? { cursor } : {}) };
}

function ExportButton({ values }: { values: FilterValues }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const report = useReportProblem();
  const [busy, setBusy] = useState(false);
  const save = async (format: string) => {
    setBusy(true);
    const hide = message.loading(t("list.exporting"), 0);
    try {
      const query = new URLSearchParams({ ...(values as Record<string, string>), format });
      await download(`/api/v1/events/export?${query.toString()}`, `events.${format}`);
    } catch (error) {
      report(error);
    } finally {
      hide();
      setBusy(false);
    }
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "xlsx", label: t("list.exportAs.xlsx") },
          { key: "csv", label: t("list.exportAs.csv") },
        ],
        onClick: ({ key }) => void save(key),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy}>
        {t("list.export")}
      </Button>
    </Dropdown>
  );
}

function NoEvents({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  if (filtered) {
    return (
      <Empty title={t("list.noneFound")} text={t("list.noneFoundHelp")}>
        <Button onClick={onClear}>{t("list.clearFilters")}</Button>
      </Empty>
    );
  }
  return (
    <Empty title={t("events.emptyTitle")} text={t("events.emptyText")}>
      {may("trace:event:write") && (
        <Button type="primary" onClick={() => void navigate("/capture")}>
          {t("events.emptyAction")}
        </Button>
      )}
    </Empty>
  );
}

/** Every event there is, narrowed down by filters that live in the address. */
export default function EventsPage() {
  const { t } = useTranslation();
  const names = useNames();
  const may = useMay();
  const filters = useFilters(FILTERS);
  const [search, setSearch] = useSearchParams();
  const opened = search.get("event");

  const open = useCallback(
    (number: number | null) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (number === null) next.delete("event");
          else next.set("event", String(number));
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const openRow = useCallback((event: EventRow) => open(event.number), [open]);

  const sort = SORTS.find((each) => each === filters.values.sort) ?? NEWEST;
  const list = usePagedList<EventRow>(["events", filters.values], (cursor, signal) =>
    unwrap(client.GET("/api/v1/events", { params: { query: eventQuery(filters.values, sort, cursor) }, signal })),
  );
  const columns = useEventColumns(openRow);
  const fields = useEventFilters();
  const numbers = list.rows?.map(({ number }) => number) ?? [];

  return (
    <div className="page">
      <PageHead title={t("events.title")} text={t("events.text")}>
        {may("trace:answer:export") && <ExportButton values={{ ...filters.values, sort }} />}
        <ViewMenu name="events" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <FilterBar fields={fields} filters={filters} />
      <DataTable<EventRow>
        name="events"
        label={t("events.list")}
        columns={columns}
        list={list}
        rowKey={(event) => event.number}
        rowClass={(event) => `${event.voided ? "voided" : ""} ${String(event.number) === opened ? "chosen" : ""}`}
        sort={sort}
        defaultSort={NEWEST}
        onSort={(next) => filters.set({ sort: next === NEWEST ? "" : next })}
        onOpen={openRow}
        empty={<NoEvents filtered={filters.active > 0} onClear={filters.clear} />}
      />
      <EventDrawer number={opened ? Number(opened) : null} neighbours={numbers} onOpen={open} names={names} />
    </div>
  );
}

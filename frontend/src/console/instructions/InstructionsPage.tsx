import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { useFormats } from "../../i18n/format";
import "../../i18n/floor";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { PageHead } from "../PageHead";
import "./instructions.css";
import { ReadingDrawer } from "./ReadingDrawer";

type Revision = components["schemas"]["InstructionRevision"];

/** Who is still to read, in words and as a bar: how many of those who are to do the operation have read. */
function Share({ row }: { row: Revision }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!row.in_force) return <span className="num">{formats.number(row.read)}</span>;
  const whole = row.read + row.unread;
  const share = whole === 0 ? 0 : Math.round((row.read / whole) * 100);
  return (
    <span className="read-share">
      <span className="read-bar" aria-hidden>
        <span style={{ width: `${share}%` }} className={row.unread ? "" : "read-all"} />
      </span>
      <span className="num">{t("floor.instructions.share", { read: formats.number(row.read), unread: formats.number(row.unread) })}</span>
    </span>
  );
}

/** Every revision of work instructions: who has read it, and who of those who do the operation has not. */
export default function InstructionsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const query = useQuery({ queryKey: ["instructions"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/instructions", { signal })) });
  const list = { rows: query.data?.rows, total: query.data?.rows.length ?? null, error: query.error, stale: false, fetching: query.isFetching, page: 1, previous: null, next: null, refresh: () => void query.refetch() };
  const open = (row: Revision) => setSearch({ key: row.route, operation: row.operation, revision: row.revision });
  const columns = useMemo(
    (): Column<Revision>[] => [
      { key: "operation", title: t("floor.instructions.operation"), fixed: true, card: "heading", render: (row) => <NameButton name={named(language, row.operation_zh, row.operation_en, row.operation)} onOpen={() => setSearch({ key: row.route, operation: row.operation, revision: row.revision })} /> },
      { key: "state", title: t("floor.instructions.state"), card: "corner", render: (row) => <Tag color={row.in_force ? "success" : "default"}>{t(row.in_force ? "floor.instructions.inForce" : "floor.instructions.before")}</Tag> },
      { key: "revision", title: t("floor.instructions.revision"), render: (row) => <span className="num">{row.revision}</span> },
      { key: "route", title: t("floor.instructions.route"), render: (row) => `${named(language, row.route_zh, row.route_en, row.route)} · v${row.version}` },
      { key: "required", title: t("floor.instructions.required"), render: (row) => t(row.read_required ? "floor.instructions.mustRead" : "floor.instructions.mayRead") },
      { key: "read", title: t("floor.instructions.who"), render: (row) => <Share row={row} /> },
    ],
    [t, language, setSearch],
  );
  const [key, operation, revision] = [search.get("key"), search.get("operation"), search.get("revision")];
  return (
    <div className="page">
      <PageHead title={t("floor.instructions.title")} text={t("floor.instructions.text")} />
      <DataTable<Revision>
        name="instructions"
        label={t("floor.instructions.title")}
        columns={columns}
        list={list}
        rowKey={(row) => `${row.route} ${row.operation} ${row.revision}`}
        onOpen={open}
        empty={<Empty title={t("floor.instructions.emptyTitle")} text={t("floor.instructions.emptyText")} />}
      />
      <ReadingDrawer of={key && operation && revision ? { key, operation, revision } : null} onClose={() => setSearch({}, { replace: true })} />
    </div>
  );
}

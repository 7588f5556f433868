import { Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Feedback } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar, type FilterField } from "../../meta/FilterBar";
import { useFilters } from "../../meta/filters";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { FeedbackDrawer } from "./FeedbackDrawer";
import { KIND_TONE, STATE_TONE } from "./tones";

const FILTERS = ["state", "kind"] as const;
const STATES = ["new", "answered", "closed"] as const;
const KINDS = ["fault", "wish", "praise"] as const;

function useColumns(onOpen: (row: Feedback) => void): Column<Feedback>[] {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return useMemo(
    () => [
      { key: "written", title: t("feedback.column.written"), fixed: true, card: "corner", render: (row) => <NameButton name={dateTime(row.written)} onOpen={() => onOpen(row)} /> },
      {
        key: "words",
        title: t("feedback.column.words"),
        card: "heading",
        render: ({ kind, words }) => (
          <>
            <Tag color={KIND_TONE[kind]}>{t(`feedback.kind.${kind}`)}</Tag>
            <span className="feedback-words">{words}</span>
          </>
        ),
      },
      { key: "page", title: t("feedback.column.page"), render: ({ page }) => page },
      { key: "writer", title: t("feedback.column.writer"), render: ({ writer }) => writer },
      { key: "state", title: t("feedback.column.state"), render: ({ state }) => <Tag color={STATE_TONE[state]}>{t(`feedback.state.${state}`)}</Tag> },
    ],
    [t, dateTime, onOpen],
  );
}

/** Everybody's feedback, newest first. */
export function AllFeedback() {
  const { t } = useTranslation();
  const filters = useFilters(FILTERS);
  const [opened, setOpened] = useState<Feedback | null>(null);
  const columns = useColumns(setOpened);
  const list = usePagedList<Feedback>(["feedback", "all", filters.values], (cursor, signal) => {
    const state = STATES.find((each) => each === filters.values.state);
    const kind = KINDS.find((each) => each === filters.values.kind);
    return unwrap(client.GET("/api/v1/feedback", { params: { query: { ...(state ? { state } : {}), ...(kind ? { kind } : {}), ...(cursor ? { cursor: Number(cursor) } : {}) } }, signal }));
  });
  const fields: FilterField[] = [
    { kind: "choice", name: "state", label: t("feedback.filter.state"), choices: STATES.map((value) => ({ value, label: t(`feedback.state.${value}`) })) },
    { kind: "choice", name: "kind", label: t("feedback.filter.kind"), choices: KINDS.map((value) => ({ value, label: t(`feedback.kind.${value}`) })) },
  ];
  return (
    <>
      <FilterBar fields={fields} filters={filters} />
      <DataTable<Feedback>
        name="feedback"
        label={t("feedback.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={filters.active ? <Empty title={t("feedback.empty")} text={t("list.noneFoundHelp")} /> : <Empty title={t("feedback.empty")} text={t("feedback.emptyText")} />}
        onOpen={setOpened}
      />
      {opened && <FeedbackDrawer row={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

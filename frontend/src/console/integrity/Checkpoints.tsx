import { Drawer, Flex, Typography } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Checkpoint } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";

function useCheckpointColumns(onOpen: (row: Checkpoint) => void): Column<Checkpoint>[] {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  return useMemo(
    (): Column<Checkpoint>[] => [
      { key: "number", title: t("integrity.checkpoints.column.number"), fixed: true, card: "heading", render: (row) => <NameButton name={`#${row.number}`} onOpen={() => onOpen(row)} /> },
      { key: "made", title: t("integrity.checkpoints.column.made"), card: "corner", render: ({ made }) => dateTime(made) },
      { key: "size", title: t("integrity.checkpoints.column.size"), align: "end", render: ({ size }) => number(size) },
      { key: "root", title: t("integrity.checkpoints.column.root"), render: ({ root }) => <span className="code">{root}</span> },
      { key: "key", title: t("integrity.checkpoints.column.key"), card: "none", render: ({ key_id }) => <span className="code">{key_id}</span> },
    ],
    [t, dateTime, number, onOpen],
  );
}

/** Every signed checkpoint; one opens to the note that is worth keeping. */
export function Checkpoints({ newest }: { newest: number }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Checkpoint | null>(null);
  const columns = useCheckpointColumns(setOpened);
  const list = usePagedList<Checkpoint>(["log", "checkpoints", newest], (cursor, signal) =>
    unwrap(client.GET("/api/v1/log/checkpoints", { params: { query: { limit: 10, ...(cursor ? { cursor: Number(cursor) } : {}) } }, signal })),
  );
  return (
    <section className="integrity-section" aria-label={t("integrity.checkpoints.title")}>
      <h2>{t("integrity.checkpoints.title")}</h2>
      <DataTable<Checkpoint>
        name="log-checkpoints"
        label={t("integrity.checkpoints.list")}
        columns={columns}
        list={list}
        rowKey={({ number }) => number}
        onOpen={setOpened}
        empty={<Empty title={t("integrity.checkpoints.emptyTitle")} text={t("integrity.checkpoints.emptyText")} />}
      />
      <Drawer open={opened !== null} onClose={() => setOpened(null)} size={640} title={opened && `${t("integrity.checkpoints.note")} #${opened.number}`}>
        {opened && (
          <Flex vertical gap={12}>
            <span>{t("integrity.checkpoints.copy")}</span>
            <Typography.Paragraph className="json" copyable={{ text: opened.note }} style={{ whiteSpace: "pre-wrap" }}>
              {opened.note}
            </Typography.Paragraph>
          </Flex>
        )}
      </Drawer>
    </section>
  );
}

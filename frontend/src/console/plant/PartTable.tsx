import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { asProblem } from "../../api/problem";
import { CLEARABLE } from "../../fields/clearable";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { problemText } from "../problemText";

interface PartTableProps<Row extends { id: number }, Form extends object> {
  /** The part's name in addresses and caches. */
  name: string;
  label: string;
  load: (signal: AbortSignal) => Promise<{ rows: Row[] }>;
  columns: (open: ((row: Row) => void) | undefined) => readonly Column<Row>[];
  fields: (existing: Row | null) => FormField[];
  toForm: (row: Row | null) => Form;
  titleOf: (row: Row) => string;
  save: (form: Form, existing: Row | null) => Promise<unknown>;
  remove?: (row: Row) => Promise<unknown>;
  newLabel: string;
  writes: boolean;
  empty: { title: string; text: string };
  rowClass?: (row: Row) => string;
  /** What a search looks in. */
  words: (row: Row) => string;
}

/** One part of the plant model: a list with search, and a drawer to add and change. */
export function PartTable<Row extends { id: number }, Form extends object>(props: PartTableProps<Row, Form>) {
  const { name, label, load, columns, fields, toForm, titleOf, save, remove, newLabel, writes, empty, rowClass, words } = props;
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Row | "new" | null>(null);
  const existing = edited === "new" ? null : edited;
  const whole = usePagedList<Row>(["plant", name], (_cursor, signal) => load(signal));
  const sought = search.trim().toLowerCase();
  const rows = sought ? whole.rows?.filter((row) => words(row).toLowerCase().includes(sought)) : whole.rows;
  const list = { ...whole, rows, total: rows?.length ?? null };
  const refresh = () => cache.invalidateQueries({ queryKey: ["plant"] });
  const ask = (row: Row) =>
    modal.confirm({
      title: t("plant.removeAsk"),
      content: titleOf(row),
      okText: t("plant.remove"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await remove?.(row);
          await refresh();
        } catch (error) {
          const { title, remedy } = problemText(t, asProblem(error));
          void message.error([title, remedy].filter(Boolean).join(" "));
        }
      },
    });
  const actions = writes && remove ? { actions: (row: Row): ReactNode => <RemoveButton onPress={() => ask(row)} />, actionsTitle: t("plant.column.actions") } : {};
  return (
    <>
      <Flex gap={12} wrap="wrap" className="part-head">
        {(whole.rows?.length ?? 0) > 5 && (
          <Input className="part-search" prefix={<SearchOutlined />} allowClear={CLEARABLE} aria-label={t("plant.search")} placeholder={t("plant.search")} value={search} onChange={(typed) => setSearch(typed.target.value)} />
        )}
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action={`new-${name}`} onClick={() => setEdited("new")}>
            {newLabel}
          </Button>
        )}
      </Flex>
      <DataTable<Row>
        name={`plant-${name}`}
        label={label}
        columns={columns(writes ? setEdited : undefined)}
        list={list}
        rowKey={({ id }) => id}
        {...(rowClass ? { rowClass } : {})}
        {...actions}
        empty={sought ? <Empty title={t("plant.empty.foundTitle")} text={t("plant.empty.foundText")} /> : <Empty {...empty} />}
      />
      <FormDrawer<Form>
        open={edited !== null}
        title={existing ? t("plant.edit", { name: titleOf(existing) }) : newLabel}
        fields={fields(existing)}
        initial={toForm(existing)}
        onSubmit={async (form) => {
          await save(form, existing);
          await refresh();
        }}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

function RemoveButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="small" danger onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}>
      {t("plant.remove")}
    </Button>
  );
}

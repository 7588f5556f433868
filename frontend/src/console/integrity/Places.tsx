import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Flex, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { LogPlace, LogPlaceKind } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { useReportProblem } from "../ProblemView";
import { KINDS, type PlaceForm, settingsOf, usePlaceFields } from "./placeForm";

function Outcome({ place }: { place: LogPlace }) {
  const { t } = useTranslation();
  if (!place.active) return <Tag>{t("integrity.places.off")}</Tag>;
  if (!place.last) return <Tag>{t("integrity.places.notSent")}</Tag>;
  return place.last.good ? <Tag color="success">{t("integrity.places.good")}</Tag> : <Tag color="error">{t("integrity.places.bad")}</Tag>;
}

function usePlaceColumns(): Column<LogPlace>[] {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return useMemo(
    (): Column<LogPlace>[] => [
      { key: "name", title: t("integrity.places.column.name"), fixed: true, card: "heading", render: ({ name }) => name },
      { key: "kind", title: t("integrity.places.column.kind"), render: ({ kind }) => t(`integrity.places.kind.${kind}`) },
      { key: "every", title: t("integrity.places.column.every"), render: ({ every_minutes }) => t("integrity.places.every", { minutes: every_minutes }) },
      { key: "state", title: t("integrity.places.column.state"), card: "corner", render: (place) => <Outcome place={place} /> },
      {
        key: "last",
        title: t("integrity.places.column.last"),
        render: ({ last }) =>
          last && (
            <span>
              #{last.checkpoint} · {dateTime(last.at)}
              <br />
              <span className="muted code">{last.said}</span>
            </span>
          ),
      },
    ],
    [t, dateTime],
  );
}

/** Where checkpoints go outside, and what became of the last sending. */
export function Places({ writes }: { writes: boolean }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [editing, setEditing] = useState<{ kind: LogPlaceKind; place: LogPlace | null } | null>(null);
  const columns = usePlaceColumns();
  const fields = usePlaceFields(editing?.kind ?? "folder", editing?.place !== null);
  const list = usePagedList<LogPlace>(["log", "places"], (_cursor, signal) => unwrap(client.GET("/api/v1/log/places", { signal })));
  const refresh = () => cache.invalidateQueries({ queryKey: ["log"] });

  const save = async (values: PlaceForm) => {
    if (!editing) return;
    const { kind, place } = editing;
    const settings = settingsOf(kind, values);
    const secret = values.secret ? { secret: values.secret } : {};
    if (place) {
      const body = { settings, every_minutes: values.every_minutes, active: values.active, ...secret };
      await unwrap(client.PATCH("/api/v1/log/places/{place_id}", { params: { path: { place_id: place.id } }, body }));
    } else {
      await unwrap(client.POST("/api/v1/log/places", { body: { kind, name: values.name, settings, every_minutes: values.every_minutes, ...secret } }));
    }
    await refresh();
  };
  const remove = (place: LogPlace) =>
    modal.confirm({
      title: t("integrity.places.removeTitle", { name: place.name }),
      content: t("integrity.places.removeText"),
      okText: t("integrity.places.remove"),
      okButtonProps: { danger: true },
      cancelText: t("list.cancel"),
      onOk: async () => {
        try {
          await unwrap(client.DELETE("/api/v1/log/places/{place_id}", { params: { path: { place_id: place.id } } }));
          void message.success(t("integrity.places.removed"));
          await refresh();
        } catch (error) {
          report(error);
        }
      },
    });
  const actions = (place: LogPlace) => (
    <Flex gap={8} justify="end">
      <Button size="small" onClick={() => setEditing({ kind: place.kind, place })}>
        {t("integrity.places.edit")}
      </Button>
      <Button size="small" danger onClick={() => remove(place)}>
        {t("integrity.places.remove")}
      </Button>
    </Flex>
  );
  const initial: PlaceForm = {
    name: editing?.place?.name ?? "",
    secret: "",
    every_minutes: editing?.place?.every_minutes ?? 60,
    active: editing?.place?.active ?? true,
    ...editing?.place?.settings,
  };
  return (
    <section className="integrity-section" aria-label={t("integrity.places.title")}>
      <div className="integrity-section-head">
        <div>
          <h2>{t("integrity.places.title")}</h2>
          <p className="muted">{t("integrity.places.text")}</p>
        </div>
        {writes && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: KINDS.map((kind) => ({ key: kind, label: t(`integrity.places.kind.${kind}`) })),
              onClick: ({ key }) => setEditing({ kind: KINDS.find((kind) => kind === key) ?? "folder", place: null }),
            }}
          >
            <Button icon={<PlusOutlined />} data-action="new-place">
              {t("integrity.places.new")}
            </Button>
          </Dropdown>
        )}
      </div>
      <DataTable<LogPlace>
        name="log-places"
        label={t("integrity.places.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        {...(writes ? { actions, actionsTitle: t("list.actions") } : {})}
        empty={<Empty title={t("integrity.places.emptyTitle")} text={t("integrity.places.emptyText")} />}
      />
      <FormDrawer<PlaceForm>
        open={editing !== null}
        title={editing ? t(`integrity.places.kind.${editing.kind}`) : ""}
        fields={fields}
        initial={initial}
        onSubmit={save}
        onClose={() => setEditing(null)}
      />
    </section>
  );
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Signature } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { StateTag } from "../../signing/Signatures";

/** Every signature, and whether it still holds. */
export function SignaturesList() {
  const { t, i18n } = useTranslation();
  const { dateTime, number } = useFormats();
  const list = usePagedList<Signature>(["signatures", "all"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/signatures", { params: { query: cursor ? { cursor: Number(cursor) } : {} }, signal })),
  );
  const columns = useMemo(
    (): Column<Signature>[] => [
      { key: "at", title: t("signing.column.at"), fixed: true, card: "corner", render: ({ at }) => dateTime(at) },
      { key: "signer", title: t("signing.column.signer"), card: "heading", render: ({ signer, login }) => t("signing.by", { name: signer, login }) },
      { key: "meaning", title: t("signing.column.meaning"), render: ({ meaning }) => t(`signing.meaning.${meaning}`) },
      { key: "record", title: t("signing.column.record"), render: ({ title_zh, title_en }) => (i18n.language === "en" ? title_en : title_zh) },
      { key: "note", title: t("signing.column.note"), render: ({ note }) => note },
      { key: "state", title: t("signing.column.state"), render: ({ state }) => <StateTag state={state} /> },
      {
        key: "sealed",
        title: t("signing.column.sealed"),
        align: "end",
        render: ({ position }) => (typeof position === "number" ? `#${number(position)}` : <span className="muted">{t("signing.waiting")}</span>),
      },
    ],
    [t, i18n.language, dateTime, number],
  );
  return (
    <DataTable<Signature>
      name="signatures"
      label={t("signing.list")}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      empty={<Empty title={t("signing.none")} text={t("signing.noneText")} />}
    />
  );
}

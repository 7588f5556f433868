import { Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { SignInRow } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar, type FilterField } from "../../meta/FilterBar";
import { useFilters } from "../../meta/filters";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { deviceOf } from "../account/device";

const FILTERS = ["from", "to", "search", "outcome", "noticeable"] as const;
const OUTCOMES = ["signed_in", "wrong_password", "wrong_code", "wrong_passkey", "refused_by_rules", "locked_out", "inactive"] as const;

/** Who signed in, or tried to; refusals and new addresses stand out. */
export function SignInsList() {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const filters = useFilters(FILTERS);
  const { noticeable, outcome, ...values } = filters.values;
  const list = usePagedList<SignInRow>(["sign-ins", filters.values], (cursor, signal) => {
    const known = OUTCOMES.find((each) => each === outcome);
    const query = { ...values, noticeable: noticeable === "true", ...(known ? { outcome: known } : {}), ...(cursor ? { cursor: Number(cursor) } : {}) };
    return unwrap(client.GET("/api/v1/security/sign-ins", { params: { query }, signal }));
  });
  const columns = useMemo(
    (): Column<SignInRow>[] => [
      { key: "at", title: t("security.signIns.at"), fixed: true, card: "corner", render: ({ at }) => <span className="num">{dateTime(at)}</span> },
      { key: "person", title: t("security.signIns.person"), card: "heading", render: ({ name, login }) => [name, login].filter(Boolean).join(" · ") },
      {
        key: "outcome",
        title: t("security.signIns.outcome"),
        card: "heading",
        render: ({ outcome: how, new_address: fresh }) => (
          <span className="tags">
            <Tag color={how === "signed_in" ? "success" : "error"}>{t(`security.signIns.how.${how}`)}</Tag>
            {fresh && <Tag color="warning">{t("security.signIns.newAddress")}</Tag>}
          </span>
        ),
      },
      { key: "method", title: t("security.signIns.method"), render: ({ method }) => t(`security.signIns.by.${method}`) },
      { key: "address", title: t("security.signIns.address"), render: ({ address }) => <span className="code">{address}</span> },
      { key: "agent", title: t("security.signIns.device"), render: ({ agent }) => <span title={agent}>{deviceOf(agent) || "–"}</span> },
    ],
    [t, dateTime],
  );
  const fields: FilterField[] = [
    { kind: "range", label: t("audit.filter.time") },
    { kind: "text", name: "search", label: t("security.signIns.person") },
    { kind: "choice", name: "outcome", label: t("security.signIns.outcome"), choices: OUTCOMES.map((value) => ({ value, label: t(`security.signIns.how.${value}`) })) },
    { kind: "choice", name: "noticeable", label: t("security.signIns.show"), choices: [{ value: "true", label: t("security.signIns.noticeable") }] },
  ];
  return (
    <>
      <FilterBar fields={fields} filters={filters} />
      <DataTable<SignInRow>
        name="sign-ins"
        label={t("security.tab.signIns")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={filters.active ? <Empty title={t("list.noneFound")} text={t("list.noneFoundHelp")} /> : <Empty title={t("security.signIns.emptyTitle")} text={t("security.signIns.emptyText")} />}
      />
    </>
  );
}

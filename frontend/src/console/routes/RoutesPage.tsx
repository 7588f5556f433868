import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { BILL, type BillBody, billOf } from "../../designer/bill/model";
import type { DefinitionRow } from "../../designer/definitions";
import { EMPTY_ROUTE, ROUTE, type RouteBody, routeOf } from "../../designer/route/model";
import { StateTag } from "../../designer/StateTag";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import "../../i18n/making";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import type { Column } from "../../meta/table";
import { ImportLink } from "../imports/ImportLink";
import { PageHead } from "../PageHead";
import { PermittedTabs } from "../PermittedTabs";
import "../plant/plant.css";

interface Listed<Body> {
  row: DefinitionRow;
  body: Body;
}

const MOST = 200;

function useBodies<Body>(kind: string, bodyOf: (body: Record<string, unknown>) => Body) {
  return useQuery({
    queryKey: ["definitions", kind, "bodies"],
    queryFn: async ({ signal }): Promise<Listed<Body>[]> => {
      const { rows } = await unwrap(client.GET("/api/v1/definitions", { params: { query: { kind, limit: MOST } }, signal }));
      return Promise.all(
        rows.map(async (row) => {
          const { body } = await unwrap(client.GET("/api/v1/definitions/{definition_kind}/{key}", { params: { path: { definition_kind: kind, key: row.key } }, signal }));
          return { row, body: bodyOf(body) };
        }),
      );
    },
  });
}

interface NewForm {
  key: string;
  title_zh: string;
  title_en: string;
  product: string;
}

/** The routes or the bills of a plant, and a drawer for a new one. */
function Kind<Body>({ kind, path, bodyOf, bodyFor, columns, newLabel, empty }: {
  kind: string;
  path: string;
  bodyOf: (body: Record<string, unknown>) => Body;
  bodyFor: (product: string) => object;
  columns: Column<Listed<Body>>[];
  newLabel: string;
  empty: { title: string; text: string };
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const cache = useQueryClient();
  const go = useNavigate();
  const writes = useMay()("designer:definition:write");
  const products = useNames().choices("products");
  const [making, setMaking] = useState(false);
  const query = useBodies(kind, bodyOf);
  const list = { rows: query.data, total: query.data?.length ?? null, error: query.error, stale: false, fetching: query.isFetching, page: 1, previous: null, next: null, refresh: () => void query.refetch() };
  const fields: FormField[] = [
    { kind: "suggestion", name: "product", label: t("making.product"), help: t("making.order.productHelp"), required: true, choices: products, max: 400 },
    { kind: "text", name: "title_zh", label: t("making.nameZh"), required: true, max: 120 },
    { kind: "text", name: "title_en", label: t("making.nameEn"), required: true, max: 120 },
    { kind: "text", name: "key", label: t("designer.create.key"), required: true, max: 63, code: true, pattern: /^[a-z0-9][a-z0-9_-]*$/, patternText: t("designer.create.keyPattern") },
  ];
  const all: Column<Listed<Body>>[] = [
    { key: "name", title: t("making.column.name"), fixed: true, card: "heading", render: ({ row }) => <Link to={`${path}/${row.key}`}>{named(language, row.title_zh, row.title_en, row.key)}</Link> },
    { key: "state", title: t("making.column.state"), card: "corner", render: ({ row }) => <StateTag row={row} /> },
    ...columns,
    { key: "changed", title: t("making.column.changed"), render: ({ row }) => <span className="num">{formats.dateTime(row.changed)}</span> },
  ];
  const create = async ({ key, title_zh, title_en, product }: NewForm) => {
    await unwrap(client.PUT("/api/v1/definitions/{definition_kind}/{key}", { params: { path: { definition_kind: kind, key } }, body: { title_zh, title_en, body: { ...bodyFor(product) }, revision: null } }));
    await cache.invalidateQueries({ queryKey: ["definitions"] });
    void go(`${path}/${key}`);
  };
  const button = writes && (
    <Button type="primary" icon={<PlusOutlined />} data-action={`new-${kind}`} onClick={() => setMaking(true)}>
      {newLabel}
    </Button>
  );
  return (
    <>
      {(query.data?.length ?? 0) > 0 && <div className="part-head making-head">{button}</div>}
      <DataTable<Listed<Body>> name={kind} label={newLabel} columns={all} list={list} rowKey={({ row }) => row.key} onOpen={({ row }) => void go(`${path}/${row.key}`)} empty={<Empty {...empty}>{button}</Empty>} />
      <FormDrawer<NewForm> open={making} title={newLabel} fields={fields} initial={{ key: "", title_zh: "", title_en: "", product: "" }} submitLabel={t("making.create")} onSubmit={create} onClose={() => setMaking(false)} />
    </>
  );
}

function Routes() {
  const { t } = useTranslation();
  const names = useNames();
  const language = useLanguage();
  return (
    <Kind<RouteBody>
      kind={ROUTE}
      path="/routes"
      bodyOf={routeOf}
      bodyFor={(product) => ({ ...EMPTY_ROUTE, products: [product] })}
      newLabel={t("making.newRoute")}
      empty={{ title: t("making.empty.routesTitle"), text: t("making.empty.routesText") }}
      columns={[
        { key: "product", title: t("making.column.product"), render: ({ body }) => body.products.map((uri) => names.of("products", uri)).join(language === "en" ? ", " : "、") },
        { key: "operations", title: t("making.column.operations"), align: "end", render: ({ body }) => <span className="num">{body.operations.length}</span> },
      ]}
    />
  );
}

function Bills() {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Kind<BillBody>
      kind={BILL}
      path="/bills"
      bodyOf={billOf}
      bodyFor={(product) => ({ product, revision: "A", lines: [], by_products: [] })}
      newLabel={t("making.newBill")}
      empty={{ title: t("making.empty.billsTitle"), text: t("making.empty.billsText") }}
      columns={[
        { key: "product", title: t("making.column.product"), render: ({ body }) => names.of("products", body.product) },
        { key: "revision", title: t("making.column.revision"), render: ({ body }) => body.revision || "–" },
        { key: "lines", title: t("making.column.lines"), align: "end", render: ({ body }) => <span className="num">{body.lines.length}</span> },
      ]}
    />
  );
}

/** How products are made, and of what. */
export default function RoutesPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t("making.title")} text={t("making.text")}>
        <ImportLink into="master.bills" right="designer:definition:write" />
      </PageHead>
      <PermittedTabs
        tabs={[
          { key: "routes", permission: "designer:definition:read", label: t("making.tab.routes"), children: <Routes /> },
          { key: "bills", permission: "designer:definition:read", label: t("making.tab.bills"), children: <Bills /> },
        ]}
      />
    </div>
  );
}

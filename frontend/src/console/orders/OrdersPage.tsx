import { DownloadOutlined, ImportOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input, Select, Tag } from "antd";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import type { OrderRow, OrderState } from "../../api/production";
import { useMay, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { CLEARABLE } from "../../fields/clearable";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import "../../i18n/making";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { Withheld } from "../../meta/Withheld";
import { unitText } from "../../trace/units";
import { PageHead } from "../PageHead";
import { ChosenOrders } from "./ChosenOrders";
import { ImportDrawer } from "./ImportDrawer";
import { NEW_ORDER, type OrderForm, toInput, useOrderFields } from "./orderFields";
import "./orders.css";

const STATES: readonly OrderState[] = ["draft", "released", "started", "paused", "completed", "closed", "cancelled"];
const TONES: Record<OrderState, string> = { draft: "default", released: "processing", started: "success", paused: "warning", completed: "cyan", closed: "default", cancelled: "default" };
const OPEN = new Set<OrderState>(["draft", "released", "started", "paused"]);

export function OrderStateTag({ state }: { state: OrderState }) {
  const { t } = useTranslation();
  return <Tag color={TONES[state]}>{t(`making.order.states.${state}`)}</Tag>;
}

/** A day that is past while the order is open stands out. */
export function Due({ due, state }: { due: string | null; state: OrderState }) {
  const { t } = useTranslation();
  if (due === null) return <span className="muted">–</span>;
  const late = OPEN.has(state) && dayjs(due).isBefore(dayjs());
  return (
    <span className="num">
      {dayjs(due).format("YYYY-MM-DD")} {late && <Tag color="error">{t("making.order.late")}</Tag>}
    </span>
  );
}

/** Work orders: what is to be made, how many, by when. */
export default function OrdersPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const cache = useQueryClient();
  const go = useNavigate();
  const names = useNames();
  const { message } = App.useApp();
  const may = useMay();
  const withheld = useWithheld();
  const writes = may("production:order:write");
  const chooses = writes || may("production:order:release");
  const [chosen, setChosen] = useState<ReadonlyMap<number, OrderRow>>(new Map());
  const [state, setState] = useState<OrderState[]>([]);
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState("-created");
  const [making, setMaking] = useState<"one" | "many" | null>(null);
  const fields = useOrderFields(false);
  const query = { sort, ...(state.length > 0 ? { state } : {}), ...(search ? { search } : {}) };
  const list = usePagedList<OrderRow>(["orders", query], (cursor, signal) => unwrap(client.GET("/api/v1/orders", { params: { query: { ...query, ...(cursor ? { cursor } : {}) } }, signal })));
  const columns = useMemo(
    (): Column<OrderRow>[] => [
      ...(chooses
        ? [{
            key: "choose", title: t("making.chosen.choose"), fixed: true, width: 60,
            render: (row: OrderRow) => (
              <Checkbox
                aria-label={t("making.chosen.chooseOne", { number: row.order.number })}
                checked={chosen.has(row.order.id)}
                onClick={(event) => event.stopPropagation()}
                onChange={({ target }) =>
                  setChosen((before) => {
                    const next = new Map(before);
                    if (target.checked) next.set(row.order.id, row);
                    else next.delete(row.order.id);
                    return next;
                  })
                }
              />
            ),
          }]
        : []),
      { key: "number", title: t("making.order.number"), sort: "number", fixed: true, card: "heading", render: ({ order }) => <Link to={`/orders/${order.id}`}>{order.number}</Link> },
      { key: "product", title: t("making.order.product"), render: (row) => named(language, row.product_zh, row.product_en, names.of("products", row.order.product)) },
      { key: "state", title: t("making.order.state"), card: "corner", render: ({ order }) => <OrderStateTag state={order.state} /> },
      { key: "quantity", title: t("making.order.quantity"), align: "end", render: ({ order }) => <span className="num">{`${formats.decimal(order.quantity)} ${unitText(order.unit, t("trace.piece"))}`}</span> },
      { key: "due", title: t("making.order.due"), sort: "due", render: ({ order }) => <Due due={order.due} state={order.state} /> },
      { key: "priority", title: t("making.order.priority"), sort: "priority", align: "end", render: ({ order }) => <span className="num">{order.priority}</span> },
      { key: "line", title: t("making.order.line"), render: (row) => named(language, row.line_zh, row.line_en, row.order.line ? names.of("places", row.order.line) : "–") },
      { key: "customer", title: t("making.order.customer"), hidden: true, render: ({ order }) => (withheld("parties") ? <Withheld /> : order.customer || "–") },
      { key: "sales", title: t("making.order.salesOrder"), hidden: true, render: ({ order }) => order.sales_order || "–" },
    ],
    [t, language, names, formats, chooses, chosen, withheld],
  );
  const address = new URLSearchParams([["sort", sort], ...state.map((each): [string, string] => ["state", each]), ...(search ? [["search", search] as [string, string]] : [])]);
  const filtered = state.length > 0 || search !== "";
  const add = writes && (
    <>
      <Button icon={<ImportOutlined />} data-action="import" onClick={() => setMaking("many")}>
        {t("making.order.import")}
      </Button>
      <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setMaking("one")}>
        {t("making.order.new")}
      </Button>
    </>
  );
  return (
    <div className="page">
      <PageHead title={t("making.order.title")} text={t("making.order.text")}>
        <ViewMenu name="orders" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
        <Button icon={<DownloadOutlined />} href={`/api/v1/orders/export?${address.toString()}`} download="orders.csv">
          {t("making.order.export")}
        </Button>
        {add}
      </PageHead>
      <div className="order-filters">
        <Input prefix={<SearchOutlined />} allowClear={CLEARABLE} aria-label={t("making.order.search")} placeholder={t("making.order.search")} onPressEnter={(event) => setSearch(event.currentTarget.value.trim())} onBlur={(event) => setSearch(event.currentTarget.value.trim())} />
        <Select<OrderState[]> mode="multiple" allowClear aria-label={t("making.order.state")} placeholder={`${t("making.order.state")}：${t("making.order.all")}`} value={state} onChange={setState} options={STATES.map((value) => ({ value, label: t(`making.order.states.${value}`) }))} />
      </div>
      {chooses && <ChosenOrders rows={[...chosen.values()]} onClear={() => setChosen(new Map())} />}
      <DataTable<OrderRow>
        name="orders"
        label={t("making.order.list")}
        columns={columns}
        list={list}
        rowKey={({ order }) => order.id}
        sort={sort}
        defaultSort="-created"
        onSort={setSort}
        onOpen={({ order }) => void go(`/orders/${order.id}`)}
        empty={filtered ? <Empty title={t("making.empty.foundTitle")} text={t("making.empty.foundText")} /> : <Empty title={t("making.empty.ordersTitle")} text={t("making.empty.ordersText")} />}
      />
      <FormDrawer<OrderForm>
        open={making === "one"}
        title={t("making.order.new")}
        fields={fields}
        initial={NEW_ORDER}
        onSubmit={async (form) => {
          const made = await unwrap(client.POST("/api/v1/orders", { body: toInput(form) }));
          await cache.invalidateQueries({ queryKey: ["orders"] });
          void go(`/orders/${made.id}`);
        }}
        onClose={() => setMaking(null)}
      />
      {making === "many" && (
        <ImportDrawer
          onMade={async (count) => {
            await cache.invalidateQueries({ queryKey: ["orders"] });
            void message.success(t("making.order.imported", { count }));
          }}
          onClose={() => setMaking(null)}
        />
      )}
    </div>
  );
}

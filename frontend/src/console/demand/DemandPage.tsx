import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Flex, Input, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import { type DemandRow, type DemandState, lineName } from "../../api/demand";
import { useMay, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { CLEARABLE } from "../../fields/clearable";
import "../../i18n/demand";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { Withheld } from "../../meta/Withheld";
import { ViewMenu } from "../../meta/ViewMenu";
import { ImportLink } from "../imports/ImportLink";
import "../orders/orders.css";
import { PageHead } from "../PageHead";
import "./demand.css";
import { type DemandForm, NEW_DEMAND, toForm, toInput, useDemandFields } from "./demandFields";
import { LineDrawer } from "./LineDrawer";
import { Covers, DemandDue, DemandStateTag, useAmounts } from "./look";
import { MakeOrders } from "./MakeOrders";

type Wanted = DemandState | "over";
const STATES: readonly Wanted[] = ["open", "covered", "cancelled", "over"];

/** Sales demand: what customers ordered, what makes it, and work orders for what nobody makes yet. */
export default function DemandPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const names = useNames();
  const amount = useAmounts();
  const writes = useMay()("production:order:write");
  const withheld = useWithheld()("parties");
  const [chosen, setChosen] = useState<ReadonlyMap<number, DemandRow>>(new Map());
  const [state, setState] = useState<Wanted[]>([]);
  const [product, setProduct] = useState<string | null>(null);
  const [search, setSearch] = useState(useSearchParams()[0].get("search") ?? "");
  const [sort, setSort] = useState("due");
  const [opened, setOpened] = useState<number | null>(null);
  const [editing, setEditing] = useState<"new" | "opened" | null>(null);
  const [making, setMaking] = useState(false);
  const fields = useDemandFields();
  const query = { sort, ...(state.length > 0 ? { state } : {}), ...(product ? { product } : {}), ...(search ? { search } : {}) };
  const list = usePagedList<DemandRow>(["demand", query], (cursor, signal) => unwrap(client.GET("/api/v1/production/demand", { params: { query: { ...query, ...(cursor ? { cursor } : {}) } }, signal })));
  const line = list.rows?.find(({ demand }) => demand.id === opened);
  const existing = editing === "opened" ? line?.demand : undefined;
  const columns = useMemo(
    (): Column<DemandRow>[] => [
      ...(writes
        ? [{
            key: "choose", title: t("demand.choose"), fixed: true, width: 60,
            render: (row: DemandRow) => (
              <Checkbox
                aria-label={t("demand.chooseOne", { line: lineName(row.demand) })}
                disabled={row.state !== "open"}
                checked={chosen.has(row.demand.id)}
                onClick={(event) => event.stopPropagation()}
                onChange={({ target }) =>
                  setChosen((before) => {
                    const next = new Map(before);
                    if (target.checked) next.set(row.demand.id, row);
                    else next.delete(row.demand.id);
                    return next;
                  })
                }
              />
            ),
          }]
        : []),
      { key: "number", title: t("demand.number"), sort: "order", fixed: true, card: "heading", render: (row) => <NameButton name={lineName(row.demand)} onOpen={() => setOpened(row.demand.id)} /> },
      withheld
        ? { key: "customer", title: t("demand.customer"), render: () => <Withheld /> }
        : { key: "customer", title: t("demand.customer"), sort: "customer", render: ({ demand }) => demand.customer },
      { key: "product", title: t("demand.product"), render: (row) => named(language, row.product_zh, row.product_en, names.of("products", row.demand.product)) },
      { key: "state", title: t("demand.state"), card: "corner", render: (row) => <DemandStateTag state={row.state} /> },
      { key: "quantity", title: t("demand.quantity"), align: "end", render: ({ demand }) => <span className="num">{amount(demand.quantity, demand.unit)}</span> },
      { key: "due", title: t("demand.due"), sort: "due", render: (row) => <DemandDue row={row} /> },
      { key: "covers", title: t("demand.covered"), render: (row) => <Covers row={row} /> },
    ],
    [t, language, names, amount, writes, withheld, chosen],
  );
  const filtered = state.length > 0 || product !== null || search !== "";
  const save = async (form: DemandForm) => {
    const body = toInput(form);
    await (existing ? unwrap(client.PATCH("/api/v1/production/demand/{demand_id}", { params: { path: { demand_id: existing.id } }, body })) : unwrap(client.POST("/api/v1/production/demand", { body })));
    await cache.invalidateQueries({ queryKey: ["demand"] });
  };
  const add = writes && !withheld && (
    <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEditing("new")}>
      {t("demand.new")}
    </Button>
  );
  const clear = () => setChosen(new Map());
  return (
    <div className="page">
      <PageHead title={t("demand.title")} text={t("demand.text")}>
        <ViewMenu name="demand" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
        <ImportLink into="master.demand" right="production:order:write" />
        {add}
      </PageHead>
      <div className="order-filters">
        <Input prefix={<SearchOutlined />} allowClear={CLEARABLE} aria-label={t("demand.search")} placeholder={t("demand.search")} defaultValue={search} onPressEnter={(event) => setSearch(event.currentTarget.value.trim())} onBlur={(event) => setSearch(event.currentTarget.value.trim())} />
        <Select<Wanted[]> mode="multiple" allowClear aria-label={t("demand.state")} placeholder={t("demand.allStates")} value={state} onChange={setState} options={STATES.map((value) => ({ value, label: t(`demand.states.${value}`) }))} />
        <Select<string | null> allowClear showSearch={{ optionFilterProp: "label" }} aria-label={t("demand.product")} placeholder={t("demand.allProducts")} value={product} onChange={(value) => setProduct(value ?? null)} options={names.choices("products")} />
      </div>
      {chosen.size > 0 && (
        <Flex component="section" gap={8} wrap="wrap" align="center" className="panel chosen-orders demand-chosen" aria-label={t("demand.chosen", { count: chosen.size })}>
          <strong>{t("demand.chosen", { count: chosen.size })}</strong>
          <Button type="primary" data-action="make" onClick={() => setMaking(true)}>
            {t("demand.make")}
          </Button>
          <Button type="text" onClick={clear}>
            {t("demand.clear")}
          </Button>
        </Flex>
      )}
      <DataTable<DemandRow>
        name="demand"
        label={t("demand.list")}
        columns={columns}
        list={list}
        rowKey={({ demand }) => demand.id}
        sort={sort}
        defaultSort="due"
        onSort={setSort}
        onOpen={({ demand }) => setOpened(demand.id)}
        empty={filtered ? <Empty title={t("demand.empty.foundTitle")} text={t("demand.empty.foundText")} /> : <Empty title={t("demand.empty.title")} text={t("demand.empty.text")} />}
      />
      {line && editing === null && <LineDrawer row={line} onEdit={() => setEditing("opened")} onClose={() => setOpened(null)} />}
      {editing !== null && (
        <FormDrawer<DemandForm>
          key={existing?.id ?? "new"}
          title={existing ? t("demand.edit", { line: lineName(existing) }) : t("demand.new")}
          fields={fields}
          initial={existing ? toForm(existing) : NEW_DEMAND}
          onSubmit={save}
          onClose={() => setEditing(null)}
          open
        />
      )}
      {making && (
        <MakeOrders
          rows={[...chosen.values()]}
          onMade={() => {
            setMaking(false);
            clear();
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  );
}

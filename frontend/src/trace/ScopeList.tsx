import { Flex, Input, Select, Table, type TableColumnsType } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useNames } from "../api/vocabulary";
import { kindText } from "../console/events/eventText";
import { VerdictTag } from "../graph/Inspector";
import { KindGlyph } from "../graph/KindGlyph";
import { type Verdict, VERDICTS } from "../graph/model";
import { useFormats } from "../i18n/format";
import { useScreen } from "../theme/screen";
import type { ScopeItem } from "./genealogy";
import { stateText, useWording } from "./wording";
import { CLEARABLE } from "../fields/clearable";
import { namedTurns } from "../meta/pageTurns";

export interface ScopeFilter {
  readonly search: string;
  readonly kind: string | null;
  readonly verdict: Verdict | null;
  readonly product: string | null;
}

const NO_FILTER: ScopeFilter = { search: "", kind: null, verdict: null, product: null };

/** The items that pass the filter, surest and nearest first. */
export function filtered(items: readonly ScopeItem[], filter: ScopeFilter): ScopeItem[] {
  const words = filter.search.toLowerCase().split(/\s+/u).filter(Boolean);
  return items
    .filter(
      (item) =>
        (filter.kind === null || item.kind === filter.kind) &&
        (filter.verdict === null || item.verdict === filter.verdict) &&
        (filter.product === null || item.product === filter.product) &&
        words.every((word) => item.label.toLowerCase().includes(word) || item.uri.toLowerCase().includes(word)),
    )
    .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || a.depth - b.depth || a.label.localeCompare(b.label));
}

function Filters({ items, filter, onFilter }: { items: readonly ScopeItem[]; filter: ScopeFilter; onFilter: (filter: ScopeFilter) => void }) {
  const { t } = useTranslation();
  const wording = useWording();
  const kinds = [...new Set(items.map((item) => item.kind))];
  const products = new Map(items.flatMap((item) => (item.product ? [[item.product, wording.product(item)] as const] : [])));
  return (
    <Flex gap={8} wrap className="scope-filters">
      <Input
        allowClear={CLEARABLE}
        className="scope-search"
        value={filter.search}
        placeholder={t("trace.list.search")}
        aria-label={t("trace.list.search")}
        onChange={(event) => onFilter({ ...filter, search: event.target.value })}
      />
      <Select
        allowClear
        aria-label={t("trace.list.kind")}
        placeholder={t("trace.list.kind")}
        value={filter.kind}
        options={kinds.map((value) => ({ value, label: kindText(t, value) }))}
        onChange={(kind?: string | null) => onFilter({ ...filter, kind: kind ?? null })}
      />
      <Select
        allowClear
        aria-label={t("trace.list.verdict")}
        placeholder={t("trace.list.verdict")}
        value={filter.verdict}
        options={VERDICTS.map((value) => ({ value, label: t(`graph.verdict.${value}`) }))}
        onChange={(verdict?: Verdict | null) => onFilter({ ...filter, verdict: verdict ?? null })}
      />
      <Select
        allowClear
        className="scope-product"
        aria-label={t("trace.list.product")}
        placeholder={t("trace.list.product")}
        value={filter.product}
        options={[...products].map(([value, label]) => ({ value, label }))}
        onChange={(product?: string | null) => onFilter({ ...filter, product: product ?? null })}
      />
    </Flex>
  );
}

function useColumns(both: boolean, phone: boolean, onItem: (id: number) => void): TableColumnsType<ScopeItem> {
  const { t } = useTranslation();
  const formats = useFormats();
  const wording = useWording();
  const names = useNames();
  const what = (item: ScopeItem): ReactNode => (
    <span className="scope-what">
      {wording.product(item)}
      <small className="muted">{[wording.place(item), item.disposition ? names.of("dispositions", item.disposition) : item.state ? stateText(t, item.state) : ""].filter(Boolean).join(" · ")}</small>
    </span>
  );
  const columns: TableColumnsType<ScopeItem> = [
    {
      key: "item",
      title: t("trace.list.item"),
      render: (_: unknown, item) => (
        <>
          <button type="button" className="text-link scope-item" onClick={() => onItem(item.id)} title={item.uri}>
            <KindGlyph kind={item.kind} size={20} /> {item.verdict === "excluded" ? <s className="code">{item.label}</s> : <span className="code">{item.label}</span>}
          </button>
          {phone && what(item)}
        </>
      ),
    },
    { key: "verdict", title: t("trace.list.verdict"), width: 96, render: (_: unknown, item) => <VerdictTag verdict={item.verdict} /> },
    { key: "product", title: t("trace.list.product"), render: (_: unknown, item) => what(item) },
    { key: "since", title: t("trace.list.since"), width: 160, render: (_: unknown, item) => <span className="num">{formats.dateTime(item.since)}</span> },
    { key: "depth", title: t("trace.list.depth"), width: 60, align: "end", render: (_: unknown, item) => <span className="num">{item.depth}</span> },
    { key: "reason", title: t("trace.list.reason"), render: (_: unknown, item) => wording.because(item) },
  ];
  if (both) columns.splice(1, 0, { key: "way", title: t("trace.list.direction"), width: 92, render: (_: unknown, item) => item.directions.map((way) => <div key={way}>{t(`trace.scope.${way}`)}</div>) });
  return phone ? columns.filter(({ key }) => key === "item" || key === "verdict") : columns;
}

/** Every item of the answer as a list. */
export function ScopeList({ items, both, onItem }: { items: readonly ScopeItem[]; both: boolean; onItem: (id: number) => void }) {
  const { t } = useTranslation();
  const phone = useScreen() === "phone";
  const [filter, setFilter] = useState(NO_FILTER);
  const rows = useMemo(() => filtered(items, filter), [items, filter]);
  const columns = useColumns(both, phone, onItem);
  return (
    <div className="pane">
      <Filters items={items} filter={filter} onFilter={setFilter} />
      <Table<ScopeItem>
        aria-label={t("trace.list.label")}
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={rows}
        scroll={phone ? {} : { x: "max-content" }}
        locale={{ emptyText: t("trace.list.none") }}
        pagination={{ defaultPageSize: 25, showSizeChanger: rows.length > 25, hideOnSinglePage: true, itemRender: namedTurns(t), showTotal: (count) => t("trace.list.count", { count }) }}
      />
    </div>
  );
}

import { Flex, Pagination, Select, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { namedTurns } from "../../meta/pageTurns";
import { tailOf } from "../../api/vocabulary";
import { useWithheld } from "../../api/session";
import { kindText } from "../../console/events/eventText";
import { ProblemView } from "../../console/ProblemView";
import { KindGlyph } from "../../graph/KindGlyph";
import { VerdictTag } from "../../graph/Inspector";
import { VERDICTS } from "../../graph/model";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { useScreen } from "../../theme/screen";
import { doubtText, reasonText } from "../wording";
import { PathChain } from "./PathChain";
import { type Narrowed, type Question, type ScopeAnswer, type ScopeRow } from "./question";
import { standingText } from "./scopeText";
import { PAGE, useRows } from "./useScope";

const SORTS = ["depth", "verdict", "product", "lot", "place", "customer", "state", "since", "-since"] as const;

interface ScopeTableProps {
  readonly question: Question;
  readonly answer: ScopeAnswer;
  readonly narrowed: Narrowed;
  readonly onNarrowed: (narrowed: Narrowed) => void;
  readonly onEvent: (number: number) => void;
}

function Why({ row, onEvent }: { row: ScopeRow; onEvent: (number: number) => void }) {
  const { t } = useTranslation();
  if (row.reason !== null) {
    return (
      <span>
        {reasonText(t, row.reason)}{" "}
        {row.reason_event !== null && (
          <button type="button" className="text-link num" onClick={() => onEvent(row.reason_event ?? 0)}>
            {t("scope.list.proof", { number: row.reason_event })}
          </button>
        )}
      </span>
    );
  }
  if (row.role === "start") return <span className="muted">{t("scope.list.start")}</span>;
  return (
    <div className="scope-why">
      {row.doubts.length > 0 && <span className="scope-doubt">{row.doubts.map((doubt) => doubtText(t, doubt)).join("; ")}</span>}
      <PathChain row={row} onEvent={onEvent} />
    </div>
  );
}

function useColumns(onEvent: (number: number) => void): TableColumnsType<ScopeRow> {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const screen = useScreen();
  const withheld = useWithheld();
  const product = (row: ScopeRow): string => named(language, row.product_name_zh, row.product_name_en, row.product ? tailOf(row.product) : "");
  const place = (row: ScopeRow): string => named(language, row.place_name_zh, row.place_name_en, row.place ? tailOf(row.place) : "");
  const customer = (row: ScopeRow): string => named(language, row.customer_name_zh, row.customer_name_en, row.customer ? tailOf(row.customer) : withheld("parties") ? t("withheld.value") : "");
  const item = (row: ScopeRow) => (
    <Link to={`/trace/${row.id}`} className="scope-item" title={row.uri}>
      <KindGlyph kind={row.kind} size={20} /> {row.verdict === "excluded" ? <s className="code">{row.label}</s> : <span className="code">{row.label}</span>}
    </Link>
  );
  const where = (row: ScopeRow) => (
    <>
      <Tag className="state-tag">{standingText(t, row.state)}</Tag> {place(row)}
    </>
  );
  const what = (row: ScopeRow) => (
    <>
      {product(row) || kindText(t, row.kind)}
      {row.lot && row.kind !== "lot" && (
        <>
          {" "}
          <span className="code muted">{row.lot}</span>
        </>
      )}
    </>
  );
  if (screen === "phone") {
    return [
      {
        key: "item",
        title: t("trace.list.item"),
        render: (_: unknown, row) => (
          <div className="scope-card">
            <div>
              {item(row)} <VerdictTag verdict={row.verdict as "certain"} />
            </div>
            <div>{what(row)}</div>
            <div className="scope-where">{where(row)}</div>
            {customer(row) && <div className="muted">{customer(row)}</div>}
            <Why row={row} onEvent={onEvent} />
          </div>
        ),
      },
    ];
  }
  return [
    { key: "item", title: t("trace.list.item"), render: (_: unknown, row) => item(row) },
    { key: "verdict", title: t("trace.list.verdict"), width: 92, render: (_: unknown, row) => <VerdictTag verdict={row.verdict as "certain"} /> },
    { key: "product", title: t("trace.list.product"), render: (_: unknown, row) => what(row) },
    { key: "where", title: t("scope.count.place"), render: (_: unknown, row) => where(row) },
    { key: "customer", title: t("scope.count.customer"), responsive: ["xl"], render: (_: unknown, row) => customer(row) },
    { key: "since", title: t("trace.list.since"), width: 150, responsive: ["xxl"], render: (_: unknown, row) => <span className="num">{formats.dateTime(row.since)}</span> },
    { key: "why", title: t("scope.list.why"), width: "34%", render: (_: unknown, row) => <Why row={row} onEvent={onEvent} /> },
  ];
}

/** Whatever the list is narrowed to, as labels that can be taken off. */
function Chips({ narrowed, onNarrowed, answer }: Pick<ScopeTableProps, "narrowed" | "onNarrowed" | "answer">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = (name: keyof Narrowed, value: string): string => {
    if (name === "verdict") return t(`graph.verdict.${value as "certain"}`);
    if (name === "reason") return reasonText(t, value);
    if (value === "") return t(`scope.count.none.${name}`);
    if (name === "state") return standingText(t, value);
    if (name === "kind") return kindText(t, value);
    const group = answer.summary[name].groups.find((each) => each.value === value);
    return named(language, group?.name_zh, group?.name_en, tailOf(value));
  };
  return (
    <>
      {(Object.entries(narrowed) as [keyof Narrowed, string][]).map(([name, value]) => (
        <Tag
          key={name}
          closable={{ "aria-label": t("scope.list.remove") }}
          className="scope-chip"
          onClose={(event) => {
            event.preventDefault();
            onNarrowed(Object.fromEntries(Object.entries(narrowed).filter(([other]) => other !== name)));
          }}
        >
          {text(name, value)}
        </Tag>
      ))}
    </>
  );
}

/** The scope item by item, page by page, each with its path or its reason. */
export function ScopeTable({ question, answer, narrowed, onNarrowed, onEvent }: ScopeTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [sort, setSort] = useState<(typeof SORTS)[number]>("depth");
  const place = JSON.stringify([narrowed, sort]);
  const [at, setAt] = useState({ place, page: 1 });
  const page = at.place === place ? at.page : 1;
  const { data, error, isPlaceholderData, refetch } = useRows(question, answer, narrowed, sort, page);
  const columns = useColumns(onEvent);
  const withheld = useWithheld();
  const sorts = SORTS.filter((each) => each !== "customer" || !withheld("parties"));
  return (
    <section className="panel scope-list" aria-label={t("trace.list.label")}>
      <Flex wrap gap={8} align="center" className="scope-list-head">
        <h2>{t("scope.list.title")}</h2>
        <span className="muted num">{data && t("trace.list.count", { count: data.total, shown: formats.number(data.total) })}</span>
        <Chips narrowed={narrowed} onNarrowed={onNarrowed} answer={answer} />
        <span className="scope-list-tools">
          <Select
            aria-label={t("trace.list.verdict")}
            value={narrowed.verdict ?? ""}
            onChange={(verdict) => onNarrowed(Object.fromEntries(Object.entries({ ...narrowed, verdict }).filter(([name, value]) => name !== "verdict" || value)))}
            options={[{ value: "", label: t("scope.list.anyVerdict") }, ...VERDICTS.map((verdict) => ({ value: verdict, label: t(`graph.verdict.${verdict}`) }))]}
          />
          <Select aria-label={t("scope.list.sort")} value={sort} onChange={setSort} options={sorts.map((each) => ({ value: each, label: t(`scope.sort.${each}`) }))} />
        </span>
      </Flex>
      {error ? (
        <ProblemView error={error} onRetry={() => void refetch()} />
      ) : (
        <Table<ScopeRow>
          aria-label={t("trace.list.label")}
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={data?.rows ?? []}
          loading={isPlaceholderData}
          locale={{ emptyText: t("trace.list.none") }}
          pagination={false}
        />
      )}
      {data && data.total > PAGE && (
        <Pagination
          itemRender={namedTurns(t)}
          className="scope-pages"
          current={page}
          pageSize={PAGE}
          total={data.total}
          showSizeChanger={false}
          responsive
          onChange={(next) => setAt({ place, page: next })}
        />
      )}
    </section>
  );
}

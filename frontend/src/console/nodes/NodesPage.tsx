import { CopyOutlined, EditOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import type { DefinitionRow } from "../../designer/definitions";
import "../../designer/designer.css";
import { type NodeBody, nodeOf, TRACE_NODE } from "../../designer/node/model";
import "../../designer/node/node.css";
import { NodeIcon } from "../../designer/node/NodeIcon";
import { StateTag } from "../../designer/StateTag";
import { CLEARABLE } from "../../fields/clearable";
import { named, useLanguage } from "../../i18n/language";
import "../../i18n/nodes";
import { Empty } from "../../meta/Empty";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import { NewNode, type Origin } from "./NewNode";

interface Listed {
  row: DefinitionRow;
  body: NodeBody;
}

/** The most nodes of a plant that this page shows with their pictures. */
const MOST = 200;

function useNodes() {
  return useQuery({
    queryKey: ["definitions", TRACE_NODE, "cards"],
    queryFn: async ({ signal }): Promise<Listed[]> => {
      const { rows } = await unwrap(client.GET("/api/v1/definitions", { params: { query: { kind: TRACE_NODE, limit: MOST } }, signal }));
      return Promise.all(
        rows.map(async (row) => {
          const address = { path: { definition_kind: TRACE_NODE, key: row.key } };
          const { body } = await unwrap(client.GET("/api/v1/definitions/{definition_kind}/{key}", { params: address, signal }));
          return { row, body: nodeOf(body) };
        }),
      );
    },
  });
}

function Card({ listed: { row, body }, onCopy }: { listed: Listed; onCopy: (() => void) | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = named(language, row.title_zh, row.title_en, row.key);
  const path = `/nodes/${row.key}`;
  const fields = body.fields.map((field) => named(language, field.label_zh, field.label_en, field.id)).join(t("nodes.listComma"));
  return (
    <li className="panel node-card">
      <span className="node-card-icon">
        <NodeIcon name={body.icon} />
      </span>
      <div>
        <h3>
          <Link to={path}>{name}</Link>
        </h3>
        <p className="muted">{[named(language, body.group_zh, body.group_en), t("nodes.fieldCount", { count: body.fields.length })].filter(Boolean).join(" · ")}</p>
      </div>
      <StateTag row={row} />
      <p className="node-card-fields">{fields}</p>
      <div className="node-card-foot">
        <Link to={path}>
          <EditOutlined aria-hidden /> {t("nodes.open")}
        </Link>
        {onCopy && (
          <Button size="small" type="text" icon={<CopyOutlined />} onClick={onCopy} aria-label={t("nodes.copyNamed", { name })}>
            {t("nodes.copy")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** The nodes of the plant as cards: those that came with the product, and its own. */
export default function NodesPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const writes = useMay()("designer:definition:write");
  const [making, setMaking] = useState<{ from: Origin | null } | null>(null);
  const [search, setSearch] = useState("");
  const query = useNodes();
  const wanted = search.trim().toLowerCase();
  const shown = (query.data ?? []).filter(({ row }) => [row.key, row.title_zh, row.title_en].some((text) => text.toLowerCase().includes(wanted)));
  const made = async (key: string) => {
    await cache.invalidateQueries({ queryKey: ["definitions"] });
    void go(`/nodes/${key}`);
  };
  return (
    <div className="page">
      <PageHead title={t("nodes.title")} text={t("nodes.text")}>
        <Input allowClear={CLEARABLE} prefix={<SearchOutlined />} className="node-search" aria-label={t("nodes.search")} placeholder={t("nodes.search")} value={search} onChange={(event) => setSearch(event.target.value)} />
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setMaking({ from: null })}>
            {t("nodes.new")}
          </Button>
        )}
      </PageHead>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active />}
      {query.data && shown.length === 0 && <Empty title={t("nodes.emptyTitle")} text={t("nodes.emptyText")} />}
      <ul className="node-cards" aria-label={t("nodes.title")}>
        {shown.map((listed) => (
          <Card key={listed.row.key} listed={listed} onCopy={writes ? () => setMaking({ from: listed }) : null} />
        ))}
      </ul>
      {making && <NewNode from={making.from} taken={(query.data ?? []).map(({ row }) => row.key)} onMade={made} onClose={() => setMaking(null)} />}
    </div>
  );
}

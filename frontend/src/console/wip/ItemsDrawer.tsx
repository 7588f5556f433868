import { useQuery } from "@tanstack/react-query";
import { Drawer, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { type BoardRow, historyLink } from "../../api/floor";
import { tailOf } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import type { WipFilter } from "./WipPage";

const STATES = ["waiting", "running", "rework", "held"] as const;
const TONES = { waiting: "default", running: "processing", rework: "warning", held: "error" } as const;

interface ItemsDrawerProps {
  row: BoardRow | null;
  filter: WipFilter;
  onClose: () => void;
}

/** The items behind a card, those that wait longest first; each leads to its history. */
export function ItemsDrawer({ row, filter, onClose }: ItemsDrawerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { ago, dateTime } = useFormats();
  const { order, line } = filter;
  const operation = row?.operation ?? "";
  const query = useQuery({
    enabled: row !== null,
    queryKey: ["wip", "items", operation, order, line],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/wip/items", { params: { query: { operation, limit: 200, ...(order ? { order } : {}), ...(line ? { line } : {}) } }, signal })),
  });
  return (
    <Drawer open={row !== null} onClose={onClose} size={560} title={row && t("floor.wip.items", { operation: named(language, row.name_zh, row.name_en) })}>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && row && <Skeleton active />}
      <ul className="wip-items">
        {query.data?.map((item) => {
          const state = STATES.find((known) => known === item.state) ?? "waiting";
          return (
            <li key={item.item_id}>
              <div>
                <Link to={historyLink(item.uri)} className="code">
                  {item.label}
                </Link>{" "}
                <Tag color={TONES[state]}>{t(`floor.wip.state.${state}`)}</Tag>
              </div>
              <span className="muted">{[named(language, item.product_name_zh, item.product_name_en), item.work_order && tailOf(item.work_order)].filter(Boolean).join(" · ")}</span>
              <time dateTime={item.since} title={dateTime(item.since)} className="muted">
                {ago(item.since)}
              </time>
            </li>
          );
        })}
      </ul>
    </Drawer>
  );
}

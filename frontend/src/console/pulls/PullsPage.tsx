import { useQuery } from "@tanstack/react-query";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { TvButton, useTv } from "../floor/tv";
import { useLive } from "../floor/useLive";
import { LiveMark } from "../home/HomePanels";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import "../../i18n/floor";
import "../../i18n/pulls";
import "../floor/floor.css";
import "./pulls.css";
import { Board } from "./Board";
import { CallsTab } from "./CallsTab";
import { CardsTab } from "./CardsTab";
import { NewPull } from "./NewPull";
import { StockTab } from "./StockTab";

/** Material calls: the board of the warehouse, what stands at the lines, the cards, and what was called for. */
export default function PullsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [tv] = useTv();
  const [parameters, setParameters] = useSearchParams();
  const [calling, setCalling] = useState(false);
  const live = useLive(["pulls"], "pull");
  const board = useQuery({ queryKey: ["pulls", "board"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/pulls", { params: { query: { hours: 24 } }, signal })), refetchInterval: 60_000 });
  const shown = board.error ? <ProblemView error={board.error} onRetry={() => void board.refetch()} /> : board.data ? <Board board={board.data} tv={tv} /> : <PageSkeleton />;
  const tabs = [
    { key: "board", label: t("pulls.tab.board"), children: shown },
    { key: "stock", label: t("pulls.tab.stock"), children: <StockTab /> },
    { key: "cards", label: t("pulls.tab.cards"), children: <CardsTab /> },
    { key: "calls", label: t("pulls.tab.calls"), children: <CallsTab /> },
  ];
  const open = (key: string) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      next.set("tab", key);
      return next;
    });
  return (
    <div className={tv ? "page tv-page pull-wall" : "page"}>
      <PageHead title={t("pulls.title")} {...(tv ? {} : { text: t("pulls.text") })}>
        <LiveMark state={live} />
        {!tv && may("production:pull:call") && (
          <Button type="primary" data-action="call" onClick={() => setCalling(true)}>
            {t("pulls.call")}
          </Button>
        )}
        <TvButton />
      </PageHead>
      {tv ? shown : <Tabs activeKey={parameters.get("tab") ?? "board"} onChange={open} items={tabs} destroyOnHidden />}
      {calling && <NewPull onClose={() => setCalling(false)} />}
    </div>
  );
}

import { BellFilled } from "@ant-design/icons";
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
import "../../i18n/andon";
import "../floor/floor.css";
import "./andon.css";
import { Board } from "./Board";
import { CallDrawer } from "./CallDrawer";
import { KindsTab } from "./KindsTab";
import { MeasuresTab } from "./MeasuresTab";
import { NewCall } from "./NewCall";

const HOURS = 24;

/** Andon: the board of open calls, how soon they are answered, and what stations can call for. */
export default function AndonPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [tv] = useTv();
  const [parameters, setParameters] = useSearchParams();
  const [calling, setCalling] = useState(false);
  const live = useLive(["andon"], "andon");
  const board = useQuery({ queryKey: ["andon", "board"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon", { params: { query: { hours: HOURS } }, signal })), refetchInterval: 60_000 });
  const change = (name: string, value: string | null) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      if (value === null) next.delete(name);
      else next.set(name, value);
      return next;
    });
  const shown = board.error ? <ProblemView error={board.error} onRetry={() => void board.refetch()} /> : board.data ? <Board board={board.data} tv={tv} onOpen={(id) => change("call", id)} /> : <PageSkeleton />;
  const tabs = [
    { key: "board", label: t("andon.tab.board"), children: shown },
    { key: "measures", label: t("andon.tab.measures"), children: <MeasuresTab /> },
    ...(may("production:andon:configure") ? [{ key: "kinds", label: t("andon.tab.kinds"), children: <KindsTab /> }] : []),
  ];
  return (
    <div className={tv ? "page tv-page andon-wall" : "page"}>
      <PageHead title={t("andon.title")} {...(tv ? {} : { text: t("andon.text") })}>
        <LiveMark state={live} />
        {!tv && may("production:andon:call") && (
          <Button type="primary" icon={<BellFilled />} data-action="call" onClick={() => setCalling(true)}>
            {t("andon.call")}
          </Button>
        )}
        <TvButton />
      </PageHead>
      {tv ? shown : <Tabs activeKey={parameters.get("tab") ?? "board"} onChange={(key) => change("tab", key)} items={tabs} destroyOnHidden />}
      {calling && <NewCall onClose={() => setCalling(false)} />}
      {!tv && <CallDrawer id={parameters.get("call")} onClose={() => change("call", null)} />}
    </div>
  );
}

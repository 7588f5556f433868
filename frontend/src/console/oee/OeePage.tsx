import { Segmented, Select, Tabs } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import { named, useLanguage } from "../../i18n/language";
import { TvButton, useTv } from "../floor/tv";
import { useLive } from "../floor/useLive";
import { LiveMark } from "../home/HomePanels";
import { PageHead } from "../PageHead";
import "../../i18n/floor";
import "../floor/floor.css";
import "./oee.css";
import { EffectivenessTab } from "./EffectivenessTab";
import { StatesTab } from "./StatesTab";
import { YieldsTab } from "./YieldsTab";

const SPANS = [8, 24, 168] as const;
const TABS = ["effectiveness", "states", "yields"] as const;

/** A window that ends now, in whole minutes, so that pages asked within a minute share an answer. */
export interface Span {
  from: string;
  to: string;
  line?: string;
}

const thisMinute = (): number => Math.floor(Date.now() / 60_000);

/** The running minute, counted since 1970. */
function useMinute(): number {
  const [minute, setMinute] = useState(thisMinute);
  useEffect(() => {
    const clock = setInterval(() => setMinute(thisMinute()), 20_000);
    return () => clearInterval(clock);
  }, []);
  return minute;
}

/** States, effectiveness and yields of the plant's machines. */
export default function OeePage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [tv] = useTv();
  const [parameters, setParameters] = useSearchParams();
  const state = useLive(["oee"]);
  const hours = SPANS.find((known) => String(known) === parameters.get("hours")) ?? 24;
  const tab = TABS.find((known) => known === parameters.get("tab")) ?? "effectiveness";
  const line = parameters.get("line") ?? undefined;
  const lines = useQuery({ queryKey: ["oee-lines"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/machines/lines", { signal })), staleTime: 60_000 });
  const minute = useMinute();
  const span = useMemo((): Span => {
    const to = (minute + 1) * 60_000;
    return { from: new Date(to - hours * 3_600_000).toISOString(), to: new Date(to).toISOString(), ...(line ? { line } : {}) };
  }, [minute, hours, line]);
  const change = (name: string, value: string | undefined) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const panes = {
    effectiveness: <EffectivenessTab span={span} />,
    states: <StatesTab span={span} />,
    yields: <YieldsTab span={span} />,
  };
  return (
    <div className={tv ? "page tv-page" : "page"}>
      <PageHead title={t("floor.oee.title")} {...(tv ? {} : { text: t("floor.oee.text") })}>
        <LiveMark state={state} />
        {!tv && (
          <Select
            className="floor-choice"
            allowClear
            value={line ?? null}
            placeholder={t("floor.wip.line")}
            aria-label={t("floor.wip.line")}
            options={(lines.data ?? []).map(({ uri, zh, en }) => ({ value: uri, label: named(language, zh, en, uri) }))}
            onChange={(next: string | null) => change("line", next ?? undefined)}
          />
        )}
        {!tv && (
          <Segmented
            aria-label={t("floor.wip.window")}
            value={hours}
            options={SPANS.map((span_) => ({ value: span_, label: span_ === 168 ? t("floor.oee.week") : t("floor.wip.hours", { hours: span_ }) }))}
            onChange={(next) => change("hours", String(next))}
          />
        )}
        <TvButton />
      </PageHead>
      {tv ? panes.effectiveness : <Tabs activeKey={tab} onChange={(next) => change("tab", next)} items={TABS.map((key) => ({ key, label: t(`floor.oee.tab.${key}`), children: panes[key] }))} destroyOnHidden />}
    </div>
  );
}

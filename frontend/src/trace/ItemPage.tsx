import { AimOutlined } from "@ant-design/icons";
import { Alert, Button, Spin } from "antd";
import { type ReactNode, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { ItemDetail, TraceAnswer } from "../api/contract";
import { ProblemView } from "../console/ProblemView";
import { GenealogyGraph } from "../graph/GenealogyGraph";
import { useWide } from "./useWide";
import type { Desk, Tab, TraceOptions } from "./deskState";
import { ExportMenu } from "./ExportMenu";
import { Gaps } from "./Gaps";
import { genealogyOf, scopeItems } from "./genealogy";
import { ItemHeader } from "./ItemHeader";
import { Materials } from "./Materials";
import { Measured } from "./measured/Measured";
import { Options } from "./Options";
import { ParameterTable } from "./ParameterTable";
import { PeopleAndMachines } from "./PeopleAndMachines";
import { Places } from "./Places";
import { ScopeList } from "./ScopeList";
import { panelId, TabBar, tabId } from "./TabBar";
import { Timeline } from "./Timeline";
import { useAnswer } from "./useTrace";
import { useWording } from "./wording";
import { DirectionSwitch } from "./DirectionSwitch";

function Truncated({ answers }: { answers: readonly TraceAnswer[] }) {
  const { t } = useTranslation();
  const cut = answers.filter((answer) => answer.truncated);
  if (!cut.length) return null;
  const count = cut.reduce((sum, answer) => sum + (answer.truncated_counts.items ?? 0), 0);
  return <Alert type="warning" showIcon banner title={t("trace.scope.truncated", { count })} />;
}

/** One item in one screen: what and where it is, what the trace says, its life, its genealogy and all that goes with it. */
export function ItemPage({ item, desk }: { item: ItemDetail; desk: Desk }) {
  const { t } = useTranslation();
  const wide = useWide();
  const navigate = useNavigate();
  const tabsId = useId();
  const wording = useWording();
  const { state, set, open } = desk;
  const { direction, options } = state;
  const [until, setUntil] = useState(Infinity);
  const { uri, id, label } = item;
  // the direction that is not shown is asked for its counts only: a closure can be as large as the plant
  const asked = (way: "back" | "forward"): TraceOptions => (direction === "both" || direction === way ? options : { ...options, closure: false });
  const back = useAnswer("back", uri, asked("back"), true);
  const forward = useAnswer("forward", uri, asked("forward"), true);
  const answers = useMemo(
    () => [direction === "forward" ? undefined : back.data, direction === "back" ? undefined : forward.data].filter((answer) => answer !== undefined),
    [direction, back.data, forward.data],
  );
  const ready = (direction === "forward" || !back.isPending) && (direction === "back" || !forward.isPending);
  const genealogy = useMemo(() => genealogyOf(ready ? answers : [], wording), [answers, ready, wording]);
  const items = useMemo(() => scopeItems(answers), [answers]);
  const asking = back.isFetching || forward.isFetching;
  const error = back.error ?? forward.error;
  // what belongs to another site has a number of this answer alone
  const openItem = (target: number): void => {
    if (target > 0) open({ itemId: target });
  };
  const openEvent = (number: number): void => set({ event: number });
  const gaps = answers.flatMap((answer) => answer.gaps);

  const graph = (
    <div className="trace-graph">
      <GenealogyGraph
        genealogy={genealogy}
        view={{ mode: state.mode, levels: state.levels, showExcluded: options.closure, until }}
        onView={(view) => {
          setUntil(view.until);
          if (view.mode !== state.mode || view.levels !== state.levels) set({ mode: view.mode, levels: view.levels });
          if (view.showExcluded !== options.closure) set({ options: { ...options, closure: view.showExcluded } });
        }}
        onOpen={(chosen) => openItem(Number(chosen))}
        name={`${label} ${t(`trace.direction.${direction}`)}`}
      />
    </div>
  );
  const timeline = <Timeline itemId={id} onEvent={openEvent} onItem={openItem} />;
  const panes: Record<Tab, ReactNode> = {
    graph, timeline,
    list: <ScopeList items={items} both={direction === "both"} onItem={openItem} />,
    materials: <Materials items={items} onItem={openItem} />,
    people: <PeopleAndMachines answers={answers} />,
    parameters: (
      <>
        <ParameterTable answers={answers} onEvent={openEvent} />
        <Measured code={uri} onEvent={openEvent} />
      </>
    ),
    places: <Places items={items} />,
    gaps: <Gaps gaps={gaps} items={items} onItem={openItem} onEvent={openEvent} />,
  };
  const tabs: readonly Tab[] = wide
    ? ["graph", "list", "materials", "people", "parameters", "places", "gaps"]
    : ["timeline", "graph", "list", "materials", "people", "parameters", "places", "gaps"];
  const active = state.tab !== null && tabs.includes(state.tab) ? state.tab : (tabs[0] ?? "graph");

  return (
    <>
      <ItemHeader item={item} back={back.data} forward={forward.data} onItem={openItem} onDirection={(chosen) => set({ direction: chosen, tab: "list" })} />
      {error && <ProblemView error={error} onRetry={() => void Promise.all([back.refetch(), forward.refetch()])} />}
      <Truncated answers={answers} />
      <div className={wide ? "trace-split" : "trace-single"}>
        {wide && (
          <section className="panel trace-life" aria-label={t("trace.timeline.title")}>
            <h2>
              {t("trace.timeline.title")} <small className="muted">{t("trace.timeline.newest")}</small>
            </h2>
            {timeline}
          </section>
        )}
        <section className="panel trace-work" aria-label={t("trace.scope.title")} aria-busy={asking}>
          <div className="trace-tools">
            <DirectionSwitch direction={direction} onDirection={(chosen) => set({ direction: chosen })} />
            <Options options={options} onOptions={(changed) => set({ options: changed })} />
            {asking && (
              <span className="asking muted" role="status">
                <Spin size="small" /> {t("trace.page.loading")}
              </span>
            )}
            <Button icon={<AimOutlined />} onClick={() => void navigate(`/scope?codes=${encodeURIComponent(uri)}${direction === "back" ? "&direction=back" : ""}`)}>
              {t("scope.title")}
            </Button>
            <ExportMenu uri={uri} label={label} direction={direction} options={options} />
          </div>
          <TabBar<Tab>
            id={tabsId}
            label={t("trace.scope.title")}
            active={active}
            onActive={(tab) => set({ tab })}
            tabs={tabs.map((tab) => ({
              key: tab,
              label: (
                <>
                  {t(`trace.tab.${tab}`)}
                  {tab === "gaps" && gaps.length > 0 && <span className="tab-count tab-count-bad">{gaps.length}</span>}
                  {tab === "list" && items.length > 0 && <span className="tab-count">{items.length}</span>}
                </>
              ),
            }))}
          />
          <div role="tabpanel" id={panelId(tabsId)} aria-labelledby={tabId(tabsId, active)}>
            {panes[active]}
          </div>
        </section>
      </div>
    </>
  );
}

import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Home } from "../../api/contract";
import { useMay } from "../../api/session";
import { Empty } from "../../meta/Empty";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import "./home.css";
import { HourChart } from "./HourChart";
import { Alarms, StepBars, Ticker } from "./HomePanels";
import { Tiles } from "./Tiles";
import { useLiveHome } from "./useLiveHome";

function FirstSteps() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  return (
    <Empty title={t("home.emptyTitle")} text={t("home.emptyText")}>
      <Flex gap={8} wrap justify="center">
        {may("trace:event:write") && (
          <Button type="primary" onClick={() => void navigate("/capture")}>
            {t("home.emptyCapture")}
          </Button>
        )}
        {may("tenancy:token:write") && <Button onClick={() => void navigate("/tokens")}>{t("home.emptyToken")}</Button>}
      </Flex>
    </Empty>
  );
}

function isUntouched(home: Home): boolean {
  return home.events === 0 && home.output_yesterday === 0 && home.latest.length === 0;
}

/** The plant at a glance: today's numbers, its hours, its steps, what went wrong, what is happening now. */
export default function HomePage() {
  const { t } = useTranslation();
  const { query, state } = useLiveHome();
  const home = query.data;
  if (!home) {
    return query.error ? (
      <div className="page">
        <PageHead title={t("home.title")} />
        <ProblemView error={query.error} onRetry={() => void query.refetch()} />
      </div>
    ) : (
      <PageSkeleton />
    );
  }
  return (
    <div className="page">
      <PageHead title={t("home.title")} text={t("home.today", { date: home.date })} />
      {isUntouched(home) ? (
        <FirstSteps />
      ) : (
        <>
          <Tiles home={home} />
          <div className="home-grid">
            <div className="home-column">
              <HourChart hours={home.hours} />
              <Ticker events={home.latest} state={state} />
            </div>
            <div className="home-column">
              <Alarms alarms={home.alarms} />
              <StepBars home={home} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

import { ApartmentOutlined, FilePdfOutlined, LinkOutlined, ScanOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { client, download, unwrap } from "../../api/client";
import { type History, historyLink } from "../../api/floor";
import { useMay } from "../../api/session";
import { Empty } from "../../meta/Empty";
import { cleanCode, typedCode } from "../../trace/codes";
import { Beside } from "../../trace/measured/Beside";
import { traceLink } from "../events/eventText";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { PageSkeleton } from "../states";
import "../../i18n/floor";
import "../floor/floor.css";
import "./history.css";
import { Figures } from "./Figures";
import { Materials } from "./Materials";
import { Parameters } from "./Parameters";
import { Steps } from "./Steps";
import { Subject } from "./Subject";

function CodeBox({ code }: { code: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(code);
  const go = () => {
    const wanted = cleanCode(typedCode(typed));
    if (wanted) void navigate(historyLink(wanted));
  };
  return (
    <Input.Search
      className="history-code"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={go}
      enterButton={t("floor.history.open")}
      prefix={<ScanOutlined aria-hidden />}
      placeholder={t("floor.history.placeholder")}
      aria-label={t("floor.history.code")}
      autoComplete="off"
      spellCheck={false}
      autoFocus={!code}
    />
  );
}

function Actions({ history }: { history: History }) {
  const { t } = useTranslation();
  const may = useMay();
  const { message } = App.useApp();
  const report = useReportProblem();
  const [printing, setPrinting] = useState(false);
  const { uri, label } = history.item;
  const print = () => {
    setPrinting(true);
    void download(`/api/v1/production/history/pdf?code=${encodeURIComponent(uri)}`, `history-${label}.pdf`)
      .catch(report)
      .finally(() => setPrinting(false));
  };
  const share = () => {
    void navigator.clipboard.writeText(`${globalThis.location.origin}${historyLink(uri)}`).then(() => message.success(t("floor.history.shared")));
  };
  return (
    <>
      {may("trace:item:read") && (
        <Link to={traceLink(uri)}>
          <Button icon={<ApartmentOutlined />} tabIndex={-1}>
            {t("floor.history.trace")}
          </Button>
        </Link>
      )}
      <Button icon={<LinkOutlined />} onClick={share}>
        {t("floor.history.share")}
      </Button>
      <Button type="primary" icon={<FilePdfOutlined />} loading={printing} onClick={print}>
        {t("floor.history.print")}
      </Button>
    </>
  );
}

function Told({ history }: { history: History }) {
  const { t } = useTranslation();
  return (
    <>
      <Subject history={history} />
      <Figures history={history} />
      {history.truncated && <Alert type="warning" showIcon title={t("floor.history.truncated")} className="history-cut" />}
      <div className="history-grid">
        <Steps steps={history.steps} />
        <div className="history-side">
          <Parameters steps={history.steps} />
          <Materials materials={history.materials} offset={history.steps[0]?.offset_minutes} />
        </div>
      </div>
      <section className="panel history-beside" aria-label={t("trace.measured.title")}>
        <h2>{t("trace.measured.title")}</h2>
        <Beside code={history.item.uri} />
      </section>
      <p className="muted history-took">{t("floor.history.took", { ms: history.took_ms })}</p>
    </>
  );
}

/** How one unit or lot was made. The address is permanent: it may be printed, mailed, put into a report. */
export default function HistoryPage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const code = parameters.get("code") ?? "";
  const query = useQuery({
    enabled: code !== "",
    queryKey: ["history", code],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/history", { params: { query: { code } }, signal })),
    retry: false,
  });
  return (
    <div className="page">
      <PageHead title={t("floor.history.title")} text={t("floor.history.text")}>
        {query.data && <Actions history={query.data} />}
      </PageHead>
      <CodeBox key={code} code={code} />
      {code === "" && <Empty title={t("floor.history.emptyTitle")} text={t("floor.history.emptyText")} />}
      {code !== "" && query.isPending && <PageSkeleton />}
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Told history={query.data} />}
    </div>
  );
}

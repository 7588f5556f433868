import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { client, download, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView, useReportProblem } from "../ProblemView";

export interface OfRevision {
  key: string;
  operation: string;
  revision: string;
}

/** Who has not read a revision, then who has: when and where; and the way to take it along. */
export function ReadingDrawer({ of, onClose }: { of: OfRevision | null; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const report = useReportProblem();
  const query = useQuery({
    enabled: of !== null,
    queryKey: ["instructions", of],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/instructions/revision", { params: { query: of ?? {} }, signal })),
    retry: false,
  });
  const found = of === null ? undefined : query.data;
  const head = found?.head;
  const file = of === null ? "" : `/api/v1/production/instructions/revision/file?${new URLSearchParams({ ...of }).toString()}`;
  return (
    <Drawer open={of !== null} onClose={onClose} size={560} title={head ? `${named(language, head.operation_zh, head.operation_en, head.operation)} · ${head.revision}` : t("floor.instructions.title")}>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {of !== null && query.isPending && <Skeleton active />}
      {found && head && (
        <>
          <div className="reading-head">
            <p className="muted">
              {named(language, head.route_zh, head.route_en, head.route)} · {t("floor.instructions.routeVersion", { version: head.version })} · {t(head.read_required ? "floor.instructions.mustRead" : "floor.instructions.mayRead")}
            </p>
            <Button icon={<DownloadOutlined />} onClick={() => void download(file, `${head.operation}-${head.revision}.xlsx`).catch(report)}>
              {t("floor.instructions.export")}
            </Button>
          </div>
          <h3>{t("floor.instructions.unread", { count: found.unread.length })}</h3>
          {found.unread.length === 0 && <p className="muted">{t("floor.instructions.allRead")}</p>}
          <ul className="readers">
            {found.unread.map((each) => (
              <li key={each.person}>
                <span>{each.person_name}</span>
                <span className="muted">{each.because}</span>
              </li>
            ))}
          </ul>
          <h3>{t("floor.instructions.read", { count: found.read.length })}</h3>
          <ul className="readers">
            {found.read.map((each) => (
              <li key={each.person}>
                <span>{each.person_name}</span>
                <span className="muted">
                  {each.place_name} <time className="num">{formats.dateTime(each.time)}</time>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Drawer>
  );
}

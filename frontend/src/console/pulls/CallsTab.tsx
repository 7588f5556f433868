import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { unitText } from "../../trace/units";
import { durationText } from "../floor/duration";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { amountText, isOpen, materialOf, placeOf, seconds } from "./look";

/** Every call there ever was, newest first, with what was brought and how long it took. */
export function CallsTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const query = useInfiniteQuery({
    queryKey: ["pulls", "calls"],
    queryFn: ({ signal, pageParam }) => unwrap(client.GET("/api/v1/production/pulls/calls", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Empty title={t("pulls.callsTitle")} text={t("pulls.callsText")} />;
  return (
    <>
      <div className="panel scroll-x" tabIndex={0} role="region" aria-label={t("pulls.tab.calls")}>
        <table className="small-table pull-table">
          <thead>
            <tr>
              <th scope="col">{t("pulls.when")}</th>
              <th scope="col">{t("pulls.what")}</th>
              <th scope="col" className="end">{t("pulls.quantity")}</th>
              <th scope="col">{t("pulls.brought")}</th>
              <th scope="col" className="end">{t("pulls.took")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((call) => (
              <tr key={call.id}>
                <td className="num">{formats.dateTime(call.requested)}</td>
                <td>
                  <strong>{materialOf(call, language)}</strong> → {placeOf(call, language)}
                  <br />
                  <small className="muted">{[t(`pulls.origin.${call.origin}`), call.card, call.origin === "minimum" ? "" : call.requested_by, call.note].filter(Boolean).join(" · ")}</small>
                </td>
                <td className="end num">{amountText(formats.decimal(call.quantity), unitText(call.unit, t("trace.piece")))}</td>
                <td>
                  <Tag color={isOpen(call) ? "processing" : call.state === "delivered" ? "success" : "default"}>{t(`pulls.state.${call.state}`)}</Tag>
                  {call.brought.map(({ code, quantity }) => `${code} × ${quantity}`).join(", ") || call.reason}
                </td>
                <td className="end num">{call.ended ? durationText(t, Math.max(0, seconds(call.requested, call.ended))) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("pulls.more")}
        </Button>
      )}
    </>
  );
}

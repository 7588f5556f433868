import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { useNames } from "../../api/vocabulary";
import { EventItems } from "../../console/events/EventCells";
import { kindText } from "../../console/events/eventText";
import { ProblemView } from "../../console/ProblemView";
import { useFormats } from "../../i18n/format";
import { isAsked, type Question } from "./question";
import { usePreview } from "./useScope";

/** What the filter finds, before anything is traced from it. */
export function Preview({ draft }: { draft: Question }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const names = useNames();
  const asked = isAsked({ ...draft, mode: "events" });
  const { data, error, isPending, isFetching, settled } = usePreview(draft.conditions, draft.asOf, asked);
  if (!asked) {
    return (
      <div className="scope-preview scope-preview-empty">
        <p className="muted">{t("scope.preview.empty")}</p>
        <p className="muted">{t("scope.preview.roles")}</p>
      </div>
    );
  }
  if (error) return <div className="scope-preview"><ProblemView error={error} /></div>;
  if (isPending) return <div className="scope-preview"><Skeleton active paragraph={{ rows: 3 }} title={false} /></div>;
  const kinds = Object.entries(data.by_kind).map(([kind, count]) => `${kindText(t, kind)} ${formats.number(count)}`);
  return (
    <div className="scope-preview" aria-busy={isFetching || !settled} role="status">
      <p className="scope-preview-figures num">
        {t("scope.preview.finds")} <strong>{t("scope.preview.events", { count: data.events, shown: formats.number(data.events) })}</strong>
        {data.events > 0 && (
          <>
            <span aria-hidden="true"> → </span>
            <strong>{t("scope.preview.items", { count: data.items, shown: formats.number(data.items) })}</strong>
            <span className="muted"> {kinds.join(" · ")}</span>
          </>
        )}
      </p>
      {data.events === 0 ? (
        <p className="muted">{t("scope.preview.none")}</p>
      ) : (
        <>
          <p className="muted num">{t("scope.preview.span", { first: formats.dateTime(data.first), last: formats.dateTime(data.last) })}</p>
          <ol className="scope-preview-rows">
            {data.rows.map((event) => (
              <li key={event.number}>
                <span className="num muted">{formats.dateTime(event.time, event.offset_minutes)}</span>
                <span>{event.biz_step ? names.of("steps", event.biz_step) : names.type(event.type)}</span>
                <EventItems event={event} most={1} />
              </li>
            ))}
          </ol>
        </>
      )}
      <p className="muted scope-preview-note">{t("scope.preview.roles")}</p>
    </div>
  );
}

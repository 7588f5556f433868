import { useTranslation } from "react-i18next";

import type { CaptureRefusal } from "../../api/contract";

/** Why events were refused: which, what is wrong, where, and what to do. */
export function Refusals({ refusals }: { refusals: readonly CaptureRefusal[] }) {
  const { t } = useTranslation();
  if (refusals.length === 0) return <p className="muted">{t("capture.job.none")}</p>;
  return (
    <ol className="refusals">
      {refusals.map((refusal, index) => (
        <li key={`${refusal.index ?? "document"} ${index}`}>
          <div className="refusal-head">
            <strong>{refusal.index === null ? t("capture.job.document") : t("capture.job.event", { index: refusal.index + 1 })}</strong>
            {refusal.event_id && <span className="code muted">{refusal.event_id}</span>}
          </div>
          <div className="refusal-title">{refusal.title}</div>
          <div>
            <span className="muted">{t("capture.job.remedy")} </span>
            {refusal.remedy}
          </div>
          {refusal.at && (
            <div>
              <span className="muted">{t("capture.job.where")} </span>
              <span className="code">{refusal.at}</span>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

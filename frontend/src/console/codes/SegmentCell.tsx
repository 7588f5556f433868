import { useTranslation } from "react-i18next";

import { segmentDetail, segmentText } from "./codeTexts";
import type { Segment } from "./segments";

/** A segment in the row of a rule. */
export function SegmentCell({ segment, wrong }: { segment: Segment; wrong: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={`segment segment-${segment.type}`}>
      <span className="segment-type">
        {t(`rules.types.${segment.type}`)}
        {wrong && <span className="segment-wrong">{t("rules.wrong")}</span>}
      </span>
      <strong className="code">{segmentText(t, segment)}</strong>
      <span className="segment-detail">{segmentDetail(t, segment)}</span>
    </div>
  );
}

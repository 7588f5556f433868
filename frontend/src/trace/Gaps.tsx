import { CheckCircleOutlined, DisconnectOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { TraceAnswer } from "../api/contract";
import { named, useLanguage } from "../i18n/language";
import type { ScopeItem } from "./genealogy";
import { gapText } from "./wording";

interface GapsProps {
  readonly gaps: TraceAnswer["gaps"];
  readonly items: readonly ScopeItem[];
  readonly onItem: (id: number) => void;
  readonly onEvent: (number: number) => void;
}

/** Where the evidence ends, drawn as the break it is. */
export function Gaps({ gaps, items, onItem, onEvent }: GapsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!gaps.length) {
    return (
      <div className="pane chain-ok">
        <CheckCircleOutlined aria-hidden />
        <h3>{t("trace.gaps.none")}</h3>
        <p className="muted">{t("trace.gaps.noneText")}</p>
      </div>
    );
  }
  const labels = new Map(items.map((item) => [item.id, item.label]));
  return (
    <div className="pane">
      <p className="muted gaps-intro">{t("trace.gaps.intro")}</p>
      <ul className="gaps">
        {gaps.map((gap, i) => (
          <li key={`${gap.kind} ${gap.item_id ?? ""} ${gap.event ?? ""} ${i}`}>
            <DisconnectOutlined aria-hidden />
            <div>
              <strong>{gapText(t, gap.kind)}</strong> {gap.item_id !== null && <span className="code">{labels.get(gap.item_id)}</span>}
              <p>{named(language, gap.title_zh, gap.title_en)}</p>
            </div>
            <span className="gap-links">
              {gap.item_id !== null && (
                <Button size="small" onClick={() => onItem(gap.item_id ?? 0)}>
                  {t("trace.gaps.item")}
                </Button>
              )}
              {gap.event !== null && (
                <Button size="small" onClick={() => onEvent(gap.event ?? 0)}>
                  {t("trace.gaps.event")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { segmentText } from "./codeTexts";
import { ruleOf } from "./segments";
import { type ReadyRule, useReadyRules } from "./useRules";

const GROUPS = ["gs1", "plain", "industry", "udi"] as const;

function ReadyCard({ ready, onUse }: { ready: ReadyRule; onUse: (() => void) | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rule = ruleOf(ready.body);
  const title = named(language, ready.title_zh, ready.title_en, ready.key);
  return (
    <li className="panel ready-rule">
      <h4>{title}</h4>
      <p>{language === "en" ? ready.text_en : ready.text_zh}</p>
      <div className="ready-strip" aria-hidden>
        {rule.segments.map((segment) => (
          <span key={segment.id} className={`piece segment-${segment.type}`}>
            {segmentText(t, segment)}
          </span>
        ))}
      </div>
      <div className="ready-foot">
        <span className="muted">{t(`rules.levels.${rule.level}`)}</span>
        {onUse && (
          <Button size="small" onClick={onUse} aria-label={t("rules.useNamed", { name: title })}>
            {t("rules.use")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Rules to start from, by the standard they follow. */
export function ReadyGallery({ onUse }: { onUse: ((ready: ReadyRule) => void) | null }) {
  const { t } = useTranslation();
  const query = useReadyRules();
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active />;
  return (
    <section className="ready-rules" aria-labelledby="ready-title">
      <h2 id="ready-title">{t("rules.ready")}</h2>
      {GROUPS.map((group) => (
        <div key={group}>
          <h3>{t(`rules.groups.${group}`)}</h3>
          <ul>
            {query.data.rows
              .filter((ready) => ready.group === group)
              .map((ready) => (
                <ReadyCard key={ready.key} ready={ready} onUse={onUse && (() => onUse(ready))} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { asProblem } from "../../api/problem";
import { CodeFault } from "../../trace/CodeFault";
import { visibleCode } from "../../trace/codes";
import { problemText } from "../problemText";
import { LettingPass } from "./LettingPass";
import type { LetPass, Outcome } from "./station";

const ICONS = { ok: CheckCircleFilled, info: InfoCircleFilled, error: CloseCircleFilled };

interface FeedbackProps {
  readonly outcome: Outcome;
  readonly onTake: (code: string) => void;
  readonly onLetPass: (overrides: LetPass[]) => void;
}

/** What became of the last scan, readable from two metres away. */
export function Feedback({ outcome, onTake, onLetPass }: FeedbackProps) {
  const { t } = useTranslation();
  const Icon = ICONS[outcome.tone];
  const problem = outcome.error === undefined ? null : asProblem(outcome.error);
  if (problem !== null && /^char \d+$/u.test(problem.at ?? "")) return <CodeFault code={outcome.code} error={problem} onTake={onTake} />;
  const text = problem === null ? null : problemText(t, problem);
  const shown = outcome.labels.slice(0, 3).join("、") || outcome.shown?.item.label || visibleCode(outcome.code);
  return (
    <section className={`pack-feedback pack-${outcome.tone}`} role={outcome.tone === "error" ? "alert" : "status"}>
      <Icon aria-hidden />
      <div>
        <p className="pack-said">{text ? text.title : t(`packing.done.${outcome.said}`, { label: shown, count: outcome.labels.length })}</p>
        {text && <p>{text.remedy}</p>}
        {problem && problem.findings.slice(1).map((each) => (
          <p key={`${each.code} ${each.text}`}>
            <strong>{each.text}</strong> {each.remedy}
          </p>
        ))}
        {problem && <LettingPass key={`${outcome.code} ${problem.requestId ?? ""}`} findings={problem.findings} onLetPass={onLetPass} />}
      </div>
      {outcome.shown && outcome.tone !== "error" && (
        <p className="pack-count num" aria-label={t("packing.inside", { count: outcome.shown.item.contents })}>
          {outcome.shown.item.contents}
          {outcome.shown.capacity ? <small> / {outcome.shown.capacity}</small> : null}
        </p>
      )}
    </section>
  );
}

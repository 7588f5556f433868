import { BulbOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { asProblem } from "../api/problem";
import { problemText } from "../console/problemText";
import { faultIndex, markFault, visibleCode } from "./codes";
import { useSuggestions } from "./useTrace";

/** What the code may have been meant to be: one click takes it. */
function DidYouMean({ code, onTake }: { code: string; onTake: (code: string) => void }) {
  const { t } = useTranslation();
  const { data } = useSuggestions(code);
  if (!data?.length) return null;
  return (
    <div className="did-you-mean" role="group" aria-label={t("trace.box.didYouMean")}>
      <span>
        <BulbOutlined aria-hidden /> {t("trace.box.didYouMean")}
      </span>
      {data.map((each) => (
        <button type="button" key={each.code} className="did-you-mean-code" onClick={() => onTake(each.code)}>
          <span className="code">{visibleCode(each.code)}</span>
          <small>
            {each.why}
            {each.item_id === null ? "" : ` · ${t("trace.box.onRecord")}`}
          </small>
        </button>
      ))}
    </div>
  );
}

/** What is wrong with a code, where, what to do, and what it may have been meant to be. */
export function CodeFault({ code, error, onTake }: { code: string; error: Error; onTake: (code: string) => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const { title, remedy } = problemText(t, problem);
  const index = faultIndex(problem.at, Array.from(code).length);
  const marked = index === null ? null : markFault(code, index);
  return (
    <div className="code-fault" role="alert">
      {marked && index !== null && (
        <p className="code-marked code">
          {marked.before}
          <mark aria-label={t("trace.box.fault", { at: index + 1 })}>{marked.fault || "▁"}</mark>
          {marked.after}
        </p>
      )}
      <p>
        <strong>{title}</strong> {index !== null && <span className="muted">{t("trace.box.fault", { at: index + 1 })}</span>}
      </p>
      <p>{remedy}</p>
      <DidYouMean code={code} onTake={onTake} />
    </div>
  );
}

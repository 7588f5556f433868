import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { asProblem } from "../../api/problem";
import { problemText } from "../../console/problemText";
import type { Question } from "./question";

interface UnknownCodesProps {
  readonly error: Error;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
  readonly otherwise: ReactNode;
}

/** Some of the codes are not on record: say which, and offer to go on with the others. */
export function UnknownCodes({ error, question, onAsk, otherwise }: UnknownCodesProps) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  if (problem.code !== "portal.codes_unknown") return otherwise;
  const { title } = problemText(t, problem);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={t("scope.unknown.text")}
      action={question.codes.length > 1 && <Button onClick={() => onAsk({ ...question, skipUnknown: true })}>{t("scope.unknown.skip")}</Button>}
    />
  );
}

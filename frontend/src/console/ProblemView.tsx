import { Alert, App, Button, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";

import { asProblem } from "../api/problem";
import { problemText } from "./problemText";

/** A refusal in place of the content it replaces: what, what to do, where, and a way to try again. */
export function ProblemView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const { title, remedy } = problemText(t, problem);
  return (
    <Alert
      type={problem.status === 403 ? "warning" : "error"}
      showIcon
      role="alert"
      title={title}
      description={
        <Flex vertical gap={4}>
          <span>{remedy}</span>
          {problem.at && <Typography.Text type="secondary">{t("problem.where", { at: problem.at })}</Typography.Text>}
          {problem.requestId && (
            <Typography.Text type="secondary" copyable={{ text: problem.requestId }}>
              {t("problem.reference", { id: problem.requestId })}
            </Typography.Text>
          )}
        </Flex>
      }
      action={onRetry && <Button onClick={onRetry}>{t("problem.retry")}</Button>}
    />
  );
}

/** Show a refusal of an action as a notification that stays until it is read. */
export function useReportProblem(): (error: unknown) => void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  return (error) => {
    const problem = asProblem(error);
    const { title, remedy } = problemText(t, problem);
    notification.error({
      title,
      description: problem.at ? `${remedy} ${t("problem.where", { at: problem.at })}` : remedy,
      duration: 8,
      role: "alert",
    });
  };
}

import { CheckCircleOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { useLanguage } from "../i18n/language";
import type { DefinitionProblem } from "./definitions";

/** What keeps a draft from being published; each one leads to its place. */
export function Problems({ problems, onGo }: { problems: readonly DefinitionProblem[]; onGo: (at: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (problems.length === 0)
    return (
      <p className="designer-fine">
        <CheckCircleOutlined aria-hidden /> {t("designer.problems.none")}
      </p>
    );
  return (
    <ul className="designer-problems" aria-label={t("designer.problems.title")}>
      {problems.map((problem, number) => (
        <li key={`${problem.at} ${number}`}>
          <button type="button" onClick={() => onGo(problem.at)}>
            <ExclamationCircleOutlined aria-hidden />
            <span>
              <strong>{language === "en" ? problem.title_en : problem.title_zh}</strong>
              <span>{language === "en" ? problem.remedy_en : problem.remedy_zh}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

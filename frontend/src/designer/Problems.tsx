import { CheckCircleOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { useLanguage } from "../i18n/language";
import type { DefinitionProblem } from "./definitions";

/** A problem told in the reader's language already. */
export interface ToldProblem {
  at: string;
  title: string;
  remedy: string;
}

interface ProblemsProps {
  problems: readonly (DefinitionProblem | ToldProblem)[];
  onGo: (at: string) => void;
}

function told(problem: DefinitionProblem | ToldProblem, language: string): ToldProblem {
  if ("title" in problem) return problem;
  const { at, title_en, title_zh, remedy_en, remedy_zh } = problem;
  return language === "en" ? { at, title: title_en, remedy: remedy_en } : { at, title: title_zh, remedy: remedy_zh };
}

/** What keeps a draft from being published; each one leads to its place. */
export function Problems({ problems, onGo }: ProblemsProps) {
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
      {problems.map((each) => told(each, language)).map((problem, number) => (
        <li key={`${problem.at} ${number}`}>
          <button type="button" onClick={() => onGo(problem.at)}>
            <ExclamationCircleOutlined aria-hidden />
            <span>
              <strong>{problem.title}</strong>
              <span>{problem.remedy}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

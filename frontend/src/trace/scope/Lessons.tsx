import { ClockCircleOutlined, DashboardOutlined, InboxOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import { parameterText } from "../wording";
import { NOTHING, type Question } from "./question";

interface Lesson {
  readonly key: "lot" | "machine" | "parameter";
  readonly icon: ReactNode;
  readonly example: string;
  readonly question: Question;
}

/** Questions that this plant's own records can answer, one press away. */
function useLessons(): Lesson[] {
  const names = useNames();
  const language = useLanguage();
  const may = useMay();
  const lots = useQuery({ queryKey: ["items", "lesson lots"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/items", { params: { query: { kind: "lot", limit: 12 } }, signal })) });
  const lot = lots.data?.rows.at(-1);
  const machine = names.choices("equipment")[0];
  const parameter = names.choices("parameters")[0]?.value.replace(/^urn:suyuan:vocab:parameter:/u, "");
  const today = dayjs().startOf("day");
  const found: Lesson[] = [];
  if (lot) {
    const product = named(language, lot.product_name_zh, lot.product_name_en);
    found.push({ key: "lot", icon: <InboxOutlined />, example: [product, lot.label].filter(Boolean).join(" "), question: { ...NOTHING, codes: [lot.uri] } });
  }
  if (machine && may("trace:event:read")) {
    const window = { since: today.subtract(1, "day").toISOString(), until: today.add(1, "day").toISOString() };
    found.push({ key: "machine", icon: <ClockCircleOutlined />, example: machine.label, question: { ...NOTHING, mode: "events", conditions: { equipment: machine.value, ...window } } });
  }
  if (parameter && may("trace:event:read")) {
    found.push({ key: "parameter", icon: <DashboardOutlined />, example: parameterText(names, parameter), question: { ...NOTHING, mode: "events", conditions: { parameter } } });
  }
  return found;
}

/** Nothing asked yet: what the page is for, and questions to try it with. */
export function Lessons({ onAsk }: { onAsk: (question: Question) => void }) {
  const { t } = useTranslation();
  const lessons = useLessons();
  return (
    <section className="scope-lessons">
      <h2>{t("scope.lessons.title")}</h2>
      <p>{t("scope.lessons.text")}</p>
      {lessons.length === 0 && <p className="muted">{t("trace.empty.none")}</p>}
      <ul>
        {lessons.map(({ key, icon, example, question }) => (
          <li key={key}>
            <button type="button" className="panel" onClick={() => onAsk(question)}>
              <span className="scope-lesson-icon" aria-hidden="true">
                {icon}
              </span>
              <strong>{t(`scope.lessons.${key}.title`)}</strong>
              <span>{t(`scope.lessons.${key}.text`)}</span>
              <small className="muted">{t("scope.lessons.try", { example })}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import { type ImportRow, stateOf } from "./imports";

const TONE = { ready: "default", waiting: "processing", running: "processing", done: "success", partly: "warning", failed: "error", canceled: "default" } as const;

export function StateOfImport({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const state = stateOf(row);
  return <Tag color={TONE[state]}>{t(`imports.state.${state}`)}</Tag>;
}

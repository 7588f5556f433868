import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { DefinitionRow } from "./definitions";

const TONE = { draft: "default", published: "success", retired: "warning" } as const;

/** Where a definition stands: its state, the version in force, and whether there are changes beyond it. */
export function StateTag({ row }: { row: Pick<DefinitionRow, "state" | "version" | "has_draft"> }) {
  const { t } = useTranslation();
  return (
    <span className="tags">
      <Tag color={TONE[row.state]}>{row.version ? t(`designer.stateVersion.${row.state}`, { version: row.version }) : t(`designer.state.${row.state}`)}</Tag>
      {row.has_draft && row.version !== null && <Tag color="processing">{t("designer.hasDraft")}</Tag>}
    </span>
  );
}

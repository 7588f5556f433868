import { Empty, Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { Change } from "./definitions";

const TONE = { added: "success", removed: "error", changed: "processing", moved: "warning" } as const;

function Value({ value }: { value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return <code className="designer-value">{text}</code>;
}

/** What differs between two versions, one line each: where, how, before and after. */
export function Changes({ changes, placeName }: { changes: readonly Change[]; placeName?: (at: string) => string }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("designer.noChanges")} />;
  return (
    <ul className="designer-changes">
      {changes.map((change) => (
        <li key={`${change.at} ${change.how}`}>
          <Tag color={TONE[change.how]}>{t(`designer.how.${change.how}`)}</Tag>
          <strong>{placeName?.(change.at) ?? change.at}</strong>
          <span className="designer-before-after">
            {change.how !== "added" && <Value value={change.before} />}
            {change.how === "changed" || change.how === "moved" ? <span aria-label={t("designer.becomes")}> → </span> : null}
            {change.how !== "removed" && <Value value={change.after} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

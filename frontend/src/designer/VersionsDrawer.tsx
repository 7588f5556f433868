import { Alert, Button, Drawer, Flex, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ProblemView } from "../console/ProblemView";
import { useFormats } from "../i18n/format";
import { SignButton } from "../signing/Signatures";
import { Changes } from "./Changes";
import { type Change, type DefinitionRow, useChanges, useVersions, type VersionRow } from "./definitions";

interface VersionsProps {
  row: DefinitionRow;
  onClose: () => void;
  onRevert: ((version: number) => void) | null;
  placeName?: (at: string) => string;
}

function Compared({ row, version, placeName }: { row: DefinitionRow; version: VersionRow; placeName?: (at: string) => string }) {
  const from = version.version > 1 ? String(version.version - 1) : "empty";
  const query = useChanges(row.kind, row.key, from, String(version.version), true, row.revision);
  if (query.error) return <ProblemView error={query.error} />;
  if (!query.data) return <Skeleton active paragraph={{ rows: 2 }} title={false} />;
  return <Changes changes={query.data.changes as readonly Change[]} {...(placeName ? { placeName } : {})} />;
}

/** Every published version: who, when, why, what changed; any of them can become the draft again. */
export function VersionsDrawer({ row, onClose, onRevert, placeName }: VersionsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [shown, setShown] = useState<number | null>(row.version);
  const query = useVersions(row.kind, row.key, true);
  return (
    <Drawer open size={560} title={t("designer.versions.title")} onClose={onClose}>
      {query.error && <ProblemView error={query.error} />}
      {query.isPending && <Skeleton active />}
      {query.data?.rows.length === 0 && <Alert type="info" showIcon title={t("designer.versions.none")} />}
      <ol className="designer-versions">
        {query.data?.rows.map((version) => (
          <li key={version.version}>
            <Flex gap={8} wrap align="center">
              <strong>{t("designer.versions.number", { version: version.version })}</strong>
              {version.version === row.version && <span className="muted">{t("designer.versions.inForce")}</span>}
              <span className="muted">
                {formats.dateTime(version.published)} · {version.published_by}
              </span>
            </Flex>
            <p>{version.note}</p>
            <Flex gap={8} wrap>
              <Button size="small" aria-expanded={shown === version.version} onClick={() => setShown(shown === version.version ? null : version.version)}>
                {t("designer.versions.changes")}
              </Button>
              <SignButton kind="definition" subject={`${row.kind}/${row.key}/${version.version}`} />
              {onRevert && (
                <Button size="small" onClick={() => onRevert(version.version)}>
                  {t("designer.versions.revert")}
                </Button>
              )}
            </Flex>
            {shown === version.version && <Compared row={row} version={version} {...(placeName ? { placeName } : {})} />}
          </li>
        ))}
      </ol>
    </Drawer>
  );
}

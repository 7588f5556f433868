import { ExportOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { Empty } from "../../meta/Empty";
import "../capture/capture.css";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import { PackExport } from "./PackExport";
import "./packs.css";
import { useInstalledPacks } from "./packs";
import { PackUpload } from "./PackUpload";

/** Packs: what came in with them, what another would do, and taking definitions away in one. */
export default function PacksPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  const [exporting, setExporting] = useState(false);
  const { data, error, refetch } = useInstalledPacks();
  return (
    <div className="page packs-page">
      <PageHead title={t("packs.title")} text={t("packs.text")}>
        <Button icon={<ExportOutlined />} onClick={() => setExporting(true)}>
          {t("packs.export")}
        </Button>
      </PageHead>
      {may("designer:definition:write") && <PackUpload />}
      <h2>{t("packs.list")}</h2>
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {data?.rows.length === 0 && <Empty title={t("packs.emptyTitle")} text={t("packs.emptyText")} />}
      <ul className="pack-cards" aria-label={t("packs.list")}>
        {data?.rows.map((pack) => (
          <li key={pack.name} className="panel">
            <h3 className="code">{pack.name}</h3>
            <p>{t("packs.version", { version: pack.version })}</p>
            <p className="muted">{t("packs.brought", { count: pack.definitions, time: formats.dateTime(pack.changed) })}</p>
          </li>
        ))}
      </ul>
      {exporting && <PackExport onClose={() => setExporting(false)} />}
    </div>
  );
}

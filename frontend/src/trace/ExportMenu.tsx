import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { download } from "../api/client";
import { useMay } from "../api/session";
import { useReportProblem } from "../console/ProblemView";
import type { Direction, TraceOptions } from "./deskState";
import { exportAddress } from "./useTrace";

const FORMATS = ["xlsx", "pdf", "json", "epcis"] as const;
/** The dossier: everything about the item, with proofs, for a customer to verify offline. */
const DOSSIERS = ["pdf", "json"] as const;
const ENDINGS = { xlsx: "xlsx", pdf: "pdf", json: "json", epcis: "jsonld" } as const;

interface ExportMenuProps {
  readonly uri: string;
  readonly label: string;
  readonly direction: Direction;
  readonly options: TraceOptions;
}

/** The answer as a file, one direction at a time. */
export function ExportMenu({ uri, label, direction, options }: ExportMenuProps) {
  const { t } = useTranslation();
  const report = useReportProblem();
  const [busy, setBusy] = useState(false);
  if (!useMay()("trace:answer:export")) return null;
  const ways = direction === "both" ? (["back", "forward"] as const) : ([direction] as const);
  const save = async (way: "back" | "forward", format: (typeof FORMATS)[number]): Promise<void> => {
    setBusy(true);
    try {
      await download(exportAddress(way, format, uri, options), `${label}-${way}.${ENDINGS[format]}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  const saveDossier = async (format: (typeof DOSSIERS)[number]): Promise<void> => {
    setBusy(true);
    try {
      await download(`/api/v1/dossier?${new URLSearchParams({ code: uri, format }).toString()}`, `dossier-${label}.${format}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          ...ways.map((way) => ({
            key: way,
            type: "group" as const,
            label: t(`trace.direction.${way}`),
            children: FORMATS.map((format) => ({ key: `${way} ${format}`, label: t(`trace.export.${format}`) })),
          })),
          {
            key: "dossier",
            type: "group" as const,
            label: t("trace.export.dossier"),
            children: DOSSIERS.map((format) => ({ key: `dossier ${format}`, label: t(`trace.export.dossier_${format}`) })),
          },
        ],
        onClick: ({ key }) => {
          const [way, format] = key.split(" ");
          if (way === "dossier") {
            void saveDossier(format === "json" ? "json" : "pdf");
            return;
          }
          void save(way === "back" ? "back" : "forward", FORMATS.find((each) => each === format) ?? "json");
        },
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy}>
        {t("trace.export.label")}
      </Button>
    </Dropdown>
  );
}

import { Tag } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Tool } from "../../api/production";
import { useMay } from "../../api/session";
import { DayControl } from "./controls";
import { PartTable } from "./PartTable";
import { siteId, siteText, usePlantFields } from "./plantFields";

interface ToolForm {
  code: string;
  name_zh: string;
  name_en: string;
  site: string;
  class_name: string;
  calibrated: string | null;
  due: string | null;
  retired: boolean;
  extra: Record<string, unknown>;
}

const SOON_DAYS = 14;
/** Days until a tool's calibration ends; negative once it is past. */
const left = (due: string) => dayjs(due).diff(dayjs().startOf("day"), "day");

function DueTag({ tool }: { tool: Tool }) {
  const { t } = useTranslation();
  if (tool.due === null) return <span className="muted">{t("plant.noCalibration")}</span>;
  const days = left(tool.due);
  if (days < 0) return <Tag color="error">{t("plant.overdue", { days: -days })}</Tag>;
  return days <= SOON_DAYS ? <Tag color="warning">{t("plant.dueSoon", { days })}</Tag> : <Tag color="success">{t("plant.valid")}</Tag>;
}

/** Tools and gauges; what is past its calibration stands out. */
export function ToolsTab() {
  const { t } = useTranslation();
  const writes = useMay()("production:plant:write");
  const { names, site, siteName, retired, extra, nameOf, nameColumn, codeColumn } = usePlantFields();
  return (
    <PartTable<Tool, ToolForm>
      name="tools"
      label={t("plant.tab.tools")}
      load={(signal) => unwrap(client.GET("/api/v1/plant/tools", { signal }))}
      columns={(open) => [
        nameColumn(open),
        codeColumn(),
        { key: "state", title: t("plant.column.state"), card: "corner", render: (tool) => <DueTag tool={tool} /> },
        { key: "due", title: t("plant.column.due"), render: ({ due }) => <span className="num">{due ?? "–"}</span> },
        { key: "calibrated", title: t("plant.column.calibrated"), render: ({ calibrated }) => <span className="num">{calibrated ?? "–"}</span> },
        { key: "class", title: t("plant.column.class"), render: ({ class_name }) => class_name || "–" },
        { key: "site", title: t("plant.column.site"), render: ({ site_id }) => siteName(site_id) },
      ]}
      rowClass={({ due, retired: gone }) => (due !== null && !gone && left(due) < 0 ? "overdue" : "")}
      fields={(existing) => [
        ...names,
        site(true),
        { kind: "text", name: "class_name", label: t("plant.column.class"), help: t("plant.field.classHelp"), max: 80 },
        { kind: "custom", name: "calibrated", label: t("plant.column.calibrated"), control: <DayControl /> },
        { kind: "custom", name: "due", label: t("plant.column.due"), help: t("plant.field.dueHelp"), control: <DayControl /> },
        ...(existing ? [retired] : []),
        extra,
      ]}
      toForm={(tool) => ({
        code: tool?.code ?? "", name_zh: tool?.name_zh ?? "", name_en: tool?.name_en ?? "", site: siteText(tool?.site_id ?? null), class_name: tool?.class_name ?? "",
        calibrated: tool?.calibrated ?? null, due: tool?.due ?? null, retired: tool?.retired ?? false, extra: tool?.extra ?? {},
      })}
      titleOf={nameOf}
      save={({ site: chosen, retired: gone, ...same }, existing) => {
        const body = { ...same, site_id: siteId(chosen) };
        return existing
          ? unwrap(client.PATCH("/api/v1/plant/tools/{row_id}", { params: { path: { row_id: existing.id } }, body: { ...body, retired: gone } }))
          : unwrap(client.POST("/api/v1/plant/tools", { body: { ...body, uri: "" } }));
      }}
      newLabel={t("plant.new.tool")}
      writes={writes}
      empty={{ title: t("plant.empty.toolsTitle"), text: t("plant.empty.toolsText") }}
      words={({ code, name_zh, name_en, class_name }) => `${code} ${name_zh} ${name_en} ${class_name}`}
    />
  );
}

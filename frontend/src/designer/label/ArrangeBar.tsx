import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  ColumnHeightOutlined,
  ColumnWidthOutlined,
  RotateRightOutlined,
  VerticalAlignBottomOutlined,
  VerticalAlignMiddleOutlined,
  VerticalAlignTopOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from "@ant-design/icons";
import { Button, Select, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Dpi } from "../../api/labels";
import { aligned, spread, turned } from "./geometry";
import type { LabelDocument } from "./model";

interface ArrangeBarProps {
  document: LabelDocument;
  selected: readonly string[];
  disabled: boolean;
  zoom: number;
  grid: number;
  dpi: Dpi;
  onZoom: (zoom: number) => void;
  onGrid: (grid: number) => void;
  onDpi: (dpi: Dpi) => void;
  onChange: (next: LabelDocument) => void;
}

const DPIS: readonly Dpi[] = [203, 300, 600];

/** Aligning, turning, zoom, grid and resolution. */
export function ArrangeBar({ document, selected, disabled, zoom, grid, dpi, onZoom, onGrid, onDpi, onChange }: ArrangeBarProps) {
  const { t } = useTranslation();
  const tool = (key: Parameters<typeof text>[0], icon: ReactNode, run: () => void, off = selected.length === 0 || disabled) => (
    <Tooltip key={key} title={text(key)}>
      <Button type="text" size="small" icon={icon} aria-label={text(key)} disabled={off} onClick={run} />
    </Tooltip>
  );
  const text = (key: "left" | "center" | "right" | "top" | "middle" | "bottom" | "spreadX" | "spreadY" | "turn" | "zoomIn" | "zoomOut") =>
    t(`labels.arrange.${key}`);
  const few = selected.length < 3 || disabled;
  return (
    <div className="label-bar" role="toolbar" aria-label={t("labels.arrange.bar")}>
      <span>
        {tool("left", <AlignLeftOutlined />, () => onChange(aligned(document, selected, "left")))}
        {tool("center", <AlignCenterOutlined />, () => onChange(aligned(document, selected, "center")))}
        {tool("right", <AlignRightOutlined />, () => onChange(aligned(document, selected, "right")))}
        {tool("top", <VerticalAlignTopOutlined />, () => onChange(aligned(document, selected, "top")))}
        {tool("middle", <VerticalAlignMiddleOutlined />, () => onChange(aligned(document, selected, "middle")))}
        {tool("bottom", <VerticalAlignBottomOutlined />, () => onChange(aligned(document, selected, "bottom")))}
        {tool("spreadX", <ColumnWidthOutlined />, () => onChange(spread(document, selected, "x")), few)}
        {tool("spreadY", <ColumnHeightOutlined />, () => onChange(spread(document, selected, "y")), few)}
        {tool("turn", <RotateRightOutlined />, () => onChange(turned(document, selected)))}
      </span>
      <span>
        {tool("zoomOut", <ZoomOutOutlined />, () => onZoom(zoom / 1.25), zoom <= 0.4)}
        <span className="label-zoom">{Math.round(zoom * 100)}%</span>
        {tool("zoomIn", <ZoomInOutlined />, () => onZoom(zoom * 1.25), zoom >= 8)}
      </span>
      <span>
        <Select
          size="small"
          aria-label={t("labels.arrange.grid")}
          value={grid}
          options={[0, 0.5, 1, 2, 5].map((value) => ({ value, label: value === 0 ? t("labels.arrange.noGrid") : t("labels.arrange.gridOf", { size: value }) }))}
          onChange={onGrid}
        />
        <Select size="small" aria-label={t("labels.arrange.dpi")} value={dpi} options={DPIS.map((value) => ({ value, label: `${value} dpi` }))} onChange={onDpi} />
      </span>
    </div>
  );
}

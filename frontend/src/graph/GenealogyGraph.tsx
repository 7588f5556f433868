import { CompressOutlined, ExpandOutlined, FullscreenExitOutlined, FullscreenOutlined, MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, type InputRef, Spin } from "antd";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useDark } from "../theme/mode";
import { item } from "./access";
import "./graph.css";
import { GraphToolbar, type Twin } from "./GraphToolbar";
import { graphTexts } from "./graphTexts";
import { Inspector } from "./Inspector";
import { Legend } from "./Legend";
import type { Genealogy } from "./model";
import { exportPng, exportSvg, isExportedWhole } from "./picture";
import { DARK, LIGHT } from "./theme";
import { TimeSlider } from "./TimeSlider";
import { TreeGrid } from "./TreeGrid";
import { useViewer } from "./useViewer";
import type { GraphView } from "./view";

interface GenealogyGraphProps {
  readonly genealogy: Genealogy;
  readonly view: GraphView;
  readonly onView: (view: GraphView) => void;
  /** Make an item the centre. */
  readonly onOpen: (id: string) => void;
  /** File name of exports, without ending. */
  readonly name: string;
  /** More controls at the start of the toolbar. */
  readonly children?: ReactNode;
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function useFullScreen(frame: { current: HTMLElement | null }): readonly [boolean, () => void] {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const changed = (): void => setOn(document.fullscreenElement === frame.current);
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  });
  const toggle = (): void => void (on ? document.exitFullscreen() : frame.current?.requestFullscreen());
  return [on, toggle];
}

/** The genealogy viewer in its frame: toolbar, canvas, minimap, legend, time slider, and the tree table as its twin. */
export function GenealogyGraph({ genealogy, view, onView, onOpen, name, children }: GenealogyGraphProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const dark = useDark();
  const theme = dark ? DARK : LIGHT;
  const texts = useMemo(() => graphTexts(t), [t]);
  const [twin, setTwin] = useState<Twin>("graph");
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<HTMLCanvasElement>(null);
  const searchRef = useRef<InputRef>(null);
  const [full, toggleFull] = useFullScreen(frame);
  const { viewer, state } = useViewer(host, canvas, map, { genealogy, view, theme, texts, onOpen, onSearch: () => searchRef.current?.focus() });
  const span = useMemo(() => genealogy.timeSpan(), [genealogy]);
  const hasExcluded = useMemo(() => genealogy.nodes.some((node) => node.verdict === "excluded"), [genealogy]);
  const { selected } = state;
  const lead = selected ? item(genealogy.nodes, selected.lead) : null;

  const exportAs = (format: "svg" | "png"): void => {
    const made = viewer.current;
    if (!made) return;
    if (!isExportedWhole(made.drawing)) void message.info(t("graph.export.part"));
    if (format === "svg") save(exportSvg(made.drawing, made.stage.view.box, name), `${name}.svg`);
    else {
      exportPng(made.drawing, made.stage.view.box).then(
        (blob) => save(blob, `${name}.png`),
        (error: unknown) => void message.error(String(error)),
      );
    }
  };

  return (
    <div className="graph-frame" ref={frame}>
      <GraphToolbar
        view={view}
        onView={onView}
        twin={twin}
        onTwin={setTwin}
        hasExcluded={hasExcluded}
        hits={state.hits}
        onFind={(query) => viewer.current?.find(query)}
        onHit={(by) => viewer.current?.nextHit(by)}
        onExport={exportAs}
        searchRef={searchRef}
      >
        {children}
      </GraphToolbar>
      {twin === "table" && <TreeGrid genealogy={genealogy} onOpen={onOpen} />}
      <div
        ref={host}
        className="graph-host"
        hidden={twin === "table"}
        role="application"
        tabIndex={0}
        aria-label={t("graph.label")}
        aria-description={t("graph.help")}
        onKeyDown={(event) => {
          if (event.target !== host.current || !viewer.current?.key(event.nativeEvent)) return;
          event.preventDefault();
          // the slash is also the shell's key for its scan box
          event.stopPropagation();
        }}
      >
        <canvas ref={canvas} />
        {state.busy && (
          <div className="graph-busy" role="status">
            <Spin /> {t("graph.busy", { count: genealogy.nodes.length })}
          </div>
        )}
        {genealogy.nodes.length === 0 && <p className="graph-busy">{t("graph.empty")}</p>}
        <p className="visually-hidden" aria-live="polite">
          {lead && t("graph.selected", { kind: t(`domain.kind.${lead.kind}`), label: lead.label, verdict: t(`graph.verdict.${lead.verdict}`), detail: lead.detail })}
        </p>
        <div className="graph-zoom" data-graph-overlay>
          <Button size="small" icon={<PlusOutlined />} aria-label={t("graph.zoomIn")} onClick={() => viewer.current?.stage.zoomGently(1.3)} />
          <Button size="small" icon={<MinusOutlined />} aria-label={t("graph.zoomOut")} onClick={() => viewer.current?.stage.zoomGently(1 / 1.3)} />
          <Button size="small" icon={state.shown ? <CompressOutlined /> : <ExpandOutlined />} aria-label={t("graph.fit")} onClick={() => viewer.current?.stage.fitAll()} />
          <Button size="small" icon={full ? <FullscreenExitOutlined /> : <FullscreenOutlined />} aria-label={full ? t("graph.fullEnd") : t("graph.full")} onClick={toggleFull} />
        </div>
        <canvas ref={map} className="graph-map" data-graph-overlay aria-hidden="true" />
        <div className="graph-foot" data-graph-overlay>
          <Legend theme={theme} />
          <span className="muted num graph-count">{t("graph.shown", { shown: state.shown, total: state.total })}</span>
          {span && span[1] > span[0] && <TimeSlider span={span} until={view.until} onUntil={(until) => onView({ ...view, until })} />}
        </div>
      </div>
      {selected && twin === "graph" && (
        <Inspector
          genealogy={genealogy}
          node={selected}
          onOpen={onOpen}
          onSelect={(id) => viewer.current?.select(id)}
          onExpand={() => viewer.current?.toggleSelected()}
          onClose={() => viewer.current?.select(null)}
        />
      )}
    </div>
  );
}

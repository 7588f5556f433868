import { DownloadOutlined, DownOutlined, SearchOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Flex, Input, type InputRef, Segmented } from "antd";
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Hits } from "./search";
import type { GraphView } from "./view";
import { CLEARABLE } from "../fields/clearable";

export type Twin = "graph" | "table";

interface ToolbarProps {
  readonly view: GraphView;
  readonly onView: (view: GraphView) => void;
  readonly twin: Twin;
  readonly onTwin: (twin: Twin) => void;
  readonly hasExcluded: boolean;
  readonly hits: Hits;
  readonly onFind: (query: string) => void;
  readonly onHit: (by: 1 | -1) => void;
  readonly onExport: (format: "svg" | "png") => void;
  readonly searchRef: RefObject<InputRef | null>;
  readonly children?: ReactNode;
}

const LEVELS = [1, 2, 4] as const;

function Search({ hits, onFind, onHit, searchRef }: Pick<ToolbarProps, "hits" | "onFind" | "onHit" | "searchRef">) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => onFind(query), 180);
    return () => clearTimeout(timer);
    // only the text starts a search, not a new callback
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [query]);
  const count = hits.nodes.length;
  return (
    <Flex gap={2} align="center" className="graph-search">
      <Input
        ref={searchRef}
        size="small"
        allowClear={CLEARABLE}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t("graph.search.placeholder")}
        aria-label={t("graph.search.label")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onPressEnter={(event) => onHit(event.shiftKey ? -1 : 1)}
        suffix={query ? <span className="muted num">{count ? t("graph.search.count", { at: hits.at + 1, count }) : t("graph.search.none")}</span> : <span />}
      />
      <Button size="small" type="text" icon={<UpOutlined />} disabled={count < 2} aria-label={t("graph.search.previous")} onClick={() => onHit(-1)} />
      <Button size="small" type="text" icon={<DownOutlined />} disabled={count < 2} aria-label={t("graph.search.next")} onClick={() => onHit(1)} />
    </Flex>
  );
}

/** What can be set about the picture. */
export function GraphToolbar(props: ToolbarProps) {
  const { t } = useTranslation();
  const { view, onView, twin, onTwin, hasExcluded, onExport, children } = props;
  const focus = twin === "graph" && view.mode === "focus";
  return (
    <Flex className="graph-toolbar" gap="8px 12px" wrap align="center">
      {children}
      <Segmented<Twin>
        size="small"
        aria-label={t("graph.twin.show")}
        value={twin}
        onChange={onTwin}
        options={[
          { value: "graph", label: t("graph.twin.graph") },
          { value: "table", label: t("graph.twin.table") },
        ]}
      />
      {twin === "graph" && (
        <Segmented<GraphView["mode"]>
          size="small"
          aria-label={t("graph.mode.label")}
          value={view.mode}
          onChange={(mode) => onView({ ...view, mode })}
          options={[
            { value: "focus", label: t("graph.mode.focus") },
            { value: "whole", label: t("graph.mode.whole") },
          ]}
        />
      )}
      {focus && (
        <Flex gap={6} align="center">
          <span className="muted">{t("graph.levels.label")}</span>
          <Segmented<number>
            size="small"
            aria-label={t("graph.levels.label")}
            value={view.levels}
            onChange={(levels) => onView({ ...view, levels })}
            options={[...LEVELS.map((value) => ({ value, label: String(value) })), { value: Infinity, label: t("graph.levels.all") }]}
          />
        </Flex>
      )}
      {hasExcluded && twin === "graph" && (
        <Checkbox checked={view.showExcluded} onChange={(event) => onView({ ...view, showExcluded: event.target.checked })}>
          {t("graph.excluded")}
        </Checkbox>
      )}
      {twin === "graph" && <Search {...props} />}
      {twin === "graph" && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "svg", label: t("graph.export.svg") },
              { key: "png", label: t("graph.export.png") },
            ],
            onClick: ({ key }) => onExport(key === "svg" ? "svg" : "png"),
          }}
        >
          <Button size="small" icon={<DownloadOutlined />} aria-label={t("graph.export.label")} />
        </Dropdown>
      )}
    </Flex>
  );
}

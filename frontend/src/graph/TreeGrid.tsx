import { CaretDownOutlined, CaretRightOutlined } from "@ant-design/icons";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormats } from "../i18n/format";
import { item } from "./access";
import { VerdictTag } from "./Inspector";
import { KindGlyph } from "./KindGlyph";
import type { Genealogy } from "./model";
import { FIRST_TREE, moveInTree, toggled, type TreeRow, treeRows, type TreeState } from "./tree";

interface TreeGridProps {
  readonly genealogy: Genealogy;
  readonly onOpen: (id: string) => void;
}

function ItemCells({ genealogy, row, onOpen }: { genealogy: Genealogy; row: TreeRow & { is: "item" }; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const node = item(genealogy.nodes, row.node);
  return (
    <>
      <span role="gridcell" className="tree-main" style={{ paddingInlineStart: (row.level - 1) * 20 }}>
        <Caret row={row} />
        <KindGlyph kind={node.kind} size={18} />
        <button type="button" tabIndex={-1} className="tree-link code" onClick={() => onOpen(node.id)}>
          {node.verdict === "excluded" ? <s>{node.label}</s> : node.label}
        </button>
        {row.repeated && <small className="muted">{t("graph.tree.repeated")}</small>}
      </span>
      <span role="gridcell">{node.reason ?? node.detail}</span>
      <span role="gridcell">{t(`domain.kind.${node.kind}`)}</span>
      <span role="gridcell">
        <VerdictTag verdict={node.verdict} />
      </span>
      <span role="gridcell" className="num">
        {node.since === null ? "" : formats.dateTime(new Date(node.since).toISOString())}
      </span>
      <span role="gridcell">{node.state ? t(`graph.state.${node.state}`) : ""}</span>
    </>
  );
}

function Caret({ row }: { row: TreeRow }) {
  const expandable = row.is === "section" || (row.is === "item" && row.expandable);
  if (!expandable) return <span className="tree-caret" />;
  return <span className="tree-caret">{row.expanded ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}</span>;
}

function RowCells({ genealogy, row, onOpen }: { genealogy: Genealogy; row: TreeRow; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  if (row.is === "item") return <ItemCells genealogy={genealogy} row={row} onOpen={onOpen} />;
  return (
    <span role="gridcell" aria-colspan={6} className={row.is === "section" ? "tree-section" : "tree-more"} style={{ paddingInlineStart: (row.level - 1) * 20 }}>
      <Caret row={row} />
      {row.is === "section" ? t(`graph.tree.${row.way}`) : t("graph.tree.more", { count: row.hidden, total: row.total })}
    </span>
  );
}

const COLUMNS = ["item", "product", "kind", "verdict", "since", "state"] as const;

/** The graph as a table that unfolds: the same items and links for readers who cannot or do not want to use the picture. */
export function TreeGrid({ genealogy, onOpen }: TreeGridProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<TreeState>(FIRST_TREE);
  const [active, setActive] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(genealogy, state), [genealogy, state]);
  const at = Math.min(active, rows.length - 1);

  const focus = (index: number): void => {
    setActive(index);
    body.current?.querySelectorAll<HTMLElement>("[role=row]")[index]?.focus();
  };
  const toggle = (row: TreeRow): void => {
    if (row.is !== "item" || row.expandable) setState(toggled(state, row));
  };
  const key = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveInTree(rows, at, event.key);
    const open = row.is !== "more" && row.expanded;
    if (next >= 0) focus(next);
    else if (event.key === "ArrowRight" || (event.key === "ArrowLeft" && open) || event.key === " ") toggle(row);
    else if (event.key === "Enter") {
      if (row.is === "item") onOpen(item(genealogy.nodes, row.node).id);
      else toggle(row);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="tree-scroll">
      <div role="treegrid" aria-label={t("graph.twin.label")} aria-colcount={6} className="tree" onKeyDown={key}>
        <div role="rowgroup">
          <div role="row" className="tree-row tree-head">
            {COLUMNS.map((column) => (
              <span role="columnheader" key={column}>
                {t(`graph.tree.${column}`)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" ref={body}>
          {rows.map((row, i) => (
            <div
              role="row"
              key={row.key}
              className="tree-row"
              tabIndex={i === at ? 0 : -1}
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={row.is === "section" || (row.is === "item" && row.expandable) ? row.expanded : undefined}
              onFocus={() => setActive(i)}
              onClick={() => toggle(row)}
              onKeyDown={undefined}
            >
              <RowCells genealogy={genealogy} row={row} onOpen={onOpen} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

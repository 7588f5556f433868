import { CheckCircleOutlined, CodeSandboxOutlined, ExportOutlined, RetweetOutlined, SettingOutlined, WarningFilled } from "@ant-design/icons";
import { Background, type Connection, Controls, type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { named, useLanguage } from "../../i18n/language";
import { placed } from "./layout";
import { addLink, changeOperation, linkId, type Operation, type OperationKind, removeOperation, type RouteBody } from "./model";

export const KIND_ICONS: Record<OperationKind, ReactNode> = {
  normal: <SettingOutlined />,
  inspection: <CheckCircleOutlined />,
  rework: <RetweetOutlined />,
  outside: <ExportOutlined />,
  packing: <CodeSandboxOutlined />,
};
const COLOURS = { passed: "var(--suyuan-color-success)", failed: "var(--suyuan-color-error)", always: "var(--suyuan-color-text-secondary)" };

type OperationFlowNode = Node<{ operation: Operation; start: boolean; wrong: boolean }, "operation">;

function OperationCard({ data: { operation, start, wrong }, selected }: NodeProps<OperationFlowNode>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const marks = [
    start ? t("making.route.start") : "",
    operation.optional ? t("making.route.optional") : "",
    operation.sampling_every ? `1/${operation.sampling_every}` : "",
    operation.join === "all" ? t("making.route.joinAll") : "",
  ].filter(Boolean);
  return (
    <div className={`operation-card ${operation.kind} ${selected ? "chosen" : ""}`}>
      <Handle type="target" position={Position.Left} />
      <span className="operation-icon" aria-hidden="true">
        {KIND_ICONS[operation.kind]}
      </span>
      <span className="operation-words">
        <strong>{named(language, operation.name_zh, operation.name_en, operation.id)}</strong>
        <span>{[operation.node ?? operation.step?.split(":").at(-1) ?? "–", ...marks].join(" · ")}</span>
      </span>
      {wrong && <WarningFilled className="operation-wrong" aria-label={t("making.route.wrong")} />}
      <Handle type="source" position={Position.Right} />
    </div>
  );
}

const NODE_TYPES = { operation: OperationCard };

interface CanvasProps {
  route: RouteBody;
  chosen: string | null;
  wrong: ReadonlySet<string>;
  readOnly: boolean;
  onChoose: (id: string | null) => void;
  onChange: (route: RouteBody, tag?: string) => void;
}

/** The route as a graph: drag operations, drag from one's right edge to another's left to link them, Delete removes. */
export function RouteCanvas({ route, chosen, wrong, readOnly, onChoose, onChange }: CanvasProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const places = useMemo(() => placed(route), [route]);
  const nodes = route.operations.map(
    (operation): OperationFlowNode => ({
      id: operation.id,
      type: "operation",
      position: places[operation.id] ?? { x: 0, y: 0 },
      data: { operation, start: route.start.includes(operation.id), wrong: wrong.has(operation.id) },
      selected: chosen === operation.id,
      ariaLabel: named(language, operation.name_zh, operation.name_en, operation.id),
    }),
  );
  const edges = route.links.map(
    (link): Edge => ({
      id: linkId(link),
      source: link.from,
      target: link.to,
      selected: chosen === linkId(link),
      type: "smoothstep",
      ...(link.when === "passed" ? {} : { label: t(`making.route.when.${link.when}`) }),
      style: { stroke: COLOURS[link.when], strokeWidth: chosen === linkId(link) ? 3 : 1.6, ...(link.when === "failed" ? { strokeDasharray: "6 4" } : {}) },
      markerEnd: { type: MarkerType.ArrowClosed, color: COLOURS[link.when] },
    }),
  );
  const connect = ({ source, target }: Connection) => onChange(addLink(route, { from: source, to: target, when: "passed" }));
  return (
    <section className="panel route-canvas" aria-label={t("making.route.graph")}>
      <ReactFlow<OperationFlowNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        fitView
        fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
        minZoom={0.2}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        deleteKeyCode={null}
        onNodesChange={(changes) => {
          for (const change of changes) {
            if (change.type === "select" && change.selected) onChoose(change.id);
            if (change.type === "position" && change.position && !readOnly) {
              const at = { x: Math.round(change.position.x), y: Math.round(change.position.y) };
              onChange(changeOperation(route, change.id, { at }), `move ${change.id}`);
            }
          }
        }}
        onEdgeClick={(_event, edge) => onChoose(edge.id)}
        onNodeClick={(_event, node) => onChoose(node.id)}
        onPaneClick={() => onChoose(null)}
        onConnect={connect}
        onKeyDown={(event) => {
          if (readOnly || chosen === null || (event.key !== "Delete" && event.key !== "Backspace")) return;
          const link = route.links.find((each) => linkId(each) === chosen);
          onChange(link ? { ...route, links: route.links.filter((each) => each !== link) } : removeOperation(route, chosen));
          onChoose(null);
        }}
      >
        <Background />
        <Controls showInteractive={false} aria-label={t("making.route.zoom")} />
      </ReactFlow>
    </section>
  );
}

import { AimOutlined, CloseOutlined, NodeExpandOutlined } from "@ant-design/icons";
import { Button, Flex, Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useFormats } from "../i18n/format";
import { item } from "./access";
import { KindGlyph } from "./KindGlyph";
import type { Genealogy, Verdict } from "./model";
import type { SceneNode } from "./scene";
import { explainingPath, reachable } from "./walk";

const TONES = { certain: "success", possible: "warning", excluded: "default" } as const;

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  return (
    <Tag color={TONES[verdict]} className={`verdict verdict-${verdict}`}>
      {t(`graph.verdict.${verdict}`)}
    </Tag>
  );
}

interface InspectorProps {
  readonly genealogy: Genealogy;
  readonly node: SceneNode;
  readonly onOpen: (id: string) => void;
  readonly onSelect: (id: string) => void;
  readonly onExpand: () => void;
  readonly onClose: () => void;
}

const FEW = 8;

/** The steps from the start of the question to the item: why it is listed. */
function Because({ genealogy, path, onSelect }: { genealogy: Genealogy; path: readonly number[]; onSelect: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <details open={path.length <= 6}>
      <summary>{t("graph.card.because", { steps: path.length - 1 })}</summary>
      <ol className="because">
        {path.map((at) => {
          const node = item(genealogy.nodes, at);
          return (
            <li key={node.id}>
              <button type="button" onClick={() => onSelect(node.id)}>
                <KindGlyph kind={node.kind} size={16} /> <span className="code">{node.label}</span> <small className="muted">{node.detail}</small>
              </button>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

function ItemFacts({ genealogy, node, onSelect }: Pick<InspectorProps, "genealogy" | "node" | "onSelect">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const lead = item(genealogy.nodes, node.lead);
  const facts = useMemo(() => {
    const count = (way: "up" | "down"): number => reachable(genealogy, [node.lead], way).reduce((sum, on) => sum + on, -1);
    return { path: explainingPath(genealogy, node.lead), up: count("up"), down: count("down") };
  }, [genealogy, node.lead]);
  return (
    <>
      <p className="muted">{lead.detail}</p>
      {lead.since !== null && (
        <p>
          <span className="muted">{t("graph.card.since")}</span> <span className="num">{formats.dateTime(new Date(lead.since).toISOString())}</span>
        </p>
      )}
      {lead.reason && (
        <p>
          <span className="muted">{t(lead.verdict === "excluded" ? "graph.card.reason" : "graph.card.doubt")}</span> {lead.reason}
        </p>
      )}
      {lead.gap && <p className="inspector-gap">{t("graph.card.gap")}</p>}
      <p className="muted num">
        {t("graph.card.ancestors", { count: facts.up })} · {t("graph.card.descendants", { count: facts.down })}
      </p>
      {facts.path.length > 1 && <Because genealogy={genealogy} path={facts.path} onSelect={onSelect} />}
    </>
  );
}

function FoldMembers({ genealogy, node, onSelect }: Pick<InspectorProps, "genealogy" | "node" | "onSelect">) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t("graph.card.members", { count: node.fold?.total ?? node.members.length })}</p>
      <ul className="because">
        {node.members.slice(0, FEW).map((member) => {
          const { id, kind, label } = item(genealogy.nodes, member);
          return (
            <li key={id}>
              <button type="button" onClick={() => onSelect(id)}>
                <KindGlyph kind={kind} size={16} /> <span className="code">{label}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What the selected card is, why it is there, and what can be done with it. */
export function Inspector({ genealogy, node, onOpen, onSelect, onExpand, onClose }: InspectorProps) {
  const { t } = useTranslation();
  const lead = item(genealogy.nodes, node.lead);
  return (
    <aside className="inspector" data-graph-overlay aria-label={lead.label}>
      <Flex align="center" gap={8}>
        <KindGlyph kind={lead.kind} />
        <strong className={node.fold ? "" : "code"}>{node.fold ? lead.family || t(`domain.kind.${lead.kind}`) : lead.label}</strong>
        <Button type="text" size="small" className="inspector-close" icon={<CloseOutlined />} aria-label={t("graph.card.close")} onClick={onClose} />
      </Flex>
      {!node.fold && <VerdictTag verdict={lead.verdict} />}
      {node.fold ? <FoldMembers genealogy={genealogy} node={node} onSelect={onSelect} /> : <ItemFacts genealogy={genealogy} node={node} onSelect={onSelect} />}
      <Flex gap={8} wrap>
        {!node.fold && (
          <Button type="primary" size="small" icon={<AimOutlined />} disabled={lead.role === "start"} onClick={() => onOpen(lead.id)}>
            {t("graph.card.centre")}
          </Button>
        )}
        <Button size="small" icon={<NodeExpandOutlined />} onClick={onExpand}>
          {t(node.fold ? "graph.card.openFold" : "graph.card.expand")}
        </Button>
      </Flex>
    </aside>
  );
}

import { AimOutlined, CloseOutlined, NodeExpandOutlined, RightOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
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

type Part = Pick<InspectorProps, "genealogy" | "node" | "onSelect">;

/** Members of a fold that are named at once. */
const FEW = 12;

function Chain({ genealogy, members, onSelect, arrows }: { genealogy: Genealogy; members: readonly number[]; onSelect: (id: string) => void; arrows: boolean }) {
  return (
    <ol className="chain">
      {members.map((member, i) => {
        const { id, kind, label, detail, verdict } = item(genealogy.nodes, member);
        return (
          <li key={id}>
            {arrows && i > 0 && <RightOutlined aria-hidden />}
            <button type="button" className={`chain-${verdict}`} title={detail} onClick={() => onSelect(id)}>
              <KindGlyph kind={kind} size={16} /> <span className="code">{label}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** Why the item is listed: the steps from the start of the question to it. */
function Because({ genealogy, node, onSelect }: Part) {
  const { t } = useTranslation();
  const path = useMemo(() => explainingPath(genealogy, node.lead), [genealogy, node.lead]);
  const lead = item(genealogy.nodes, node.lead);
  return (
    <div className="inspector-why">
      {lead.reason && (
        <p>
          <span className="muted">{t(lead.verdict === "excluded" ? "graph.card.reason" : "graph.card.doubt")}</span> {lead.reason}
        </p>
      )}
      {path.length > 1 && (
        <>
          <p className="muted">{t("graph.card.because", { steps: path.length - 1 })}</p>
          <Chain genealogy={genealogy} members={path} onSelect={onSelect} arrows />
        </>
      )}
    </div>
  );
}

function Members({ genealogy, node, onSelect }: Part) {
  const { t } = useTranslation();
  const { reason } = item(genealogy.nodes, node.lead);
  return (
    <div className="inspector-why">
      <p className="muted">
        {t("graph.card.members", { count: node.fold?.total ?? node.members.length })}
        {reason && ` · ${reason}`}
      </p>
      <Chain genealogy={genealogy} members={node.members.slice(0, FEW)} onSelect={onSelect} arrows={false} />
    </div>
  );
}

function Facts({ genealogy, node }: Pick<InspectorProps, "genealogy" | "node">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const lead = item(genealogy.nodes, node.lead);
  const around = useMemo(() => {
    const count = (way: "up" | "down"): number => reachable(genealogy, [node.lead], way).reduce((sum, on) => sum + on, -1);
    return { up: count("up"), down: count("down") };
  }, [genealogy, node.lead]);
  return (
    <>
      {lead.detail && <p className="muted">{lead.detail}</p>}
      <p className="muted num">
        {lead.since !== null && `${t("graph.card.since")} ${formats.dateTime(new Date(lead.since).toISOString())} · `}
        {t("graph.card.ancestors", { count: around.up })} · {t("graph.card.descendants", { count: around.down })}
      </p>
      {lead.gap && (
        <p className="inspector-gap">
          <WarningOutlined aria-hidden /> {t("graph.card.gap")}
        </p>
      )}
    </>
  );
}

/** What the selected card is, why it is there, and what can be done with it. */
export function Inspector({ genealogy, node, onOpen, onSelect, onExpand, onClose }: InspectorProps) {
  const { t } = useTranslation();
  const lead = item(genealogy.nodes, node.lead);
  const name = node.fold ? lead.family || t(`domain.kind.${lead.kind}`) : lead.label;
  return (
    <aside className="inspector" aria-label={name}>
      <div className="inspector-what">
        <p className="inspector-name">
          <KindGlyph kind={lead.kind} />
          <strong className={node.fold ? "" : "code"}>{name}</strong>
          <VerdictTag verdict={lead.verdict} />
        </p>
        {!node.fold && <Facts genealogy={genealogy} node={node} />}
      </div>
      {node.fold ? <Members genealogy={genealogy} node={node} onSelect={onSelect} /> : <Because genealogy={genealogy} node={node} onSelect={onSelect} />}
      <div className="inspector-actions">
        {!node.fold && (
          <Button type="primary" size="small" icon={<AimOutlined />} disabled={lead.role === "start"} onClick={() => onOpen(lead.id)}>
            {t("graph.card.centre")}
          </Button>
        )}
        <Button size="small" icon={<NodeExpandOutlined />} onClick={onExpand}>
          {t(node.fold ? "graph.card.openFold" : "graph.card.expand")}
        </Button>
      </div>
      <Button type="text" size="small" className="inspector-close" icon={<CloseOutlined />} aria-label={t("graph.card.close")} onClick={onClose} />
    </aside>
  );
}

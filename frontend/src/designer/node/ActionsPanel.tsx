import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

import { removed, replaced } from "../entries";
import { ActionSettings } from "./ActionSettings";
import { ExpressionInput } from "./ExpressionInput";
import type { PanelProps } from "./MeaningPanel";
import { type Action, ACTION_KINDS, newAction } from "./model";

function ActionCard({ action, panel }: { action: Action; panel: PanelProps }) {
  const { t } = useTranslation();
  const { node, names, values, readOnly, faults, onChange } = panel;
  const set = (change: Partial<Action>) => onChange({ ...node, actions: replaced(node.actions, action.id, (each) => ({ ...each, ...change })) }, `${action.id} ${Object.keys(change).join()}`);
  return (
    <li className="panel node-check" data-node-action={action.id}>
      <div className="node-meaning-foot">
        <strong>{t(`nodes.action.${action.kind}`)}</strong>
        <small className="muted">{t(`nodes.actionHelp.${action.kind}`)}</small>
        {!readOnly && <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("nodes.action.remove")} onClick={() => onChange({ ...node, actions: removed(node.actions, action.id) })} />}
      </div>
      {(faults.get(action.id) ?? []).map((fault) => (
        <p key={fault} className="property-fault">
          {fault}
        </p>
      ))}
      <div className="node-details">
        <ExpressionInput label={t("nodes.action.when")} help={t("nodes.action.whenHelp")} value={action.when} names={names} values={values} readOnly={readOnly} onChange={(when) => set({ when })} />
        <ActionSettings action={action} fields={node.fields} readOnly={readOnly} onChange={(settings) => set({ settings })} />
      </div>
    </li>
  );
}

/** What else follows from an entry. */
export function ActionsPanel(panel: PanelProps) {
  const { t } = useTranslation();
  const { node, readOnly, onChange } = panel;
  return (
    <section aria-label={t("nodes.tab.actions")}>
      <p className="muted">{t("nodes.action.help")}</p>
      <ul className="node-list">
        {node.actions.map((action) => (
          <ActionCard key={action.id} action={action} panel={panel} />
        ))}
      </ul>
      {!readOnly && (
        <Dropdown trigger={["click"]} menu={{ items: ACTION_KINDS.map((kind) => ({ key: kind, label: t(`nodes.action.${kind}`), onClick: () => onChange({ ...node, actions: [...node.actions, newAction(kind, node.actions)] }) })) }}>
          <Button icon={<PlusOutlined />}>{t("nodes.action.add")}</Button>
        </Dropdown>
      )}
    </section>
  );
}

import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, LockOutlined, UnlockOutlined, WarningFilled } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import type { LabelPreview } from "../../api/labels";
import { captionOf, changed, duplicated, type LabelDocument, reordered, without } from "./model";
import { iconOf } from "./Palette";

interface LayersProps {
  document: LabelDocument;
  selected: readonly string[];
  preview: LabelPreview | undefined;
  disabled: boolean;
  onSelect: (ids: string[]) => void;
  onChange: (next: LabelDocument) => void;
}

/** Every element as a list, the topmost first: what the canvas shows, for keyboards and readers. */
export function Layers({ document, selected, preview, disabled, onSelect, onChange }: LayersProps) {
  const { t } = useTranslation();
  const problems = new Map((preview?.problems ?? []).map(({ at, title }) => [/^\/elements\/(\d+)/.exec(at)?.[1], title]));
  const rows = document.elements.map((element, index) => ({ element, problem: problems.get(String(index)) })).reverse();
  const only = selected.length === 1 ? document.elements.find(({ id }) => id === selected[0]) : undefined;
  const tools = [
    { key: "up", icon: <ArrowUpOutlined />, run: () => only && onChange(reordered(document, only.id, 1)), off: !only },
    { key: "down", icon: <ArrowDownOutlined />, run: () => only && onChange(reordered(document, only.id, -1)), off: !only },
    {
      key: "lock",
      icon: only?.locked ? <UnlockOutlined /> : <LockOutlined />,
      run: () => onChange(changed(document, selected, (element) => ({ ...element, locked: !element.locked }))),
      off: selected.length === 0,
    },
    {
      key: "copy",
      icon: <CopyOutlined />,
      run: () => {
        const { document: next, ids } = duplicated(document, selected);
        onChange(next);
        onSelect(ids);
      },
      off: selected.length === 0,
    },
    {
      key: "remove",
      icon: <DeleteOutlined />,
      run: () => {
        onChange(without(document, selected));
        onSelect([]);
      },
      off: selected.length === 0,
    },
  ] as const;
  return (
    <section className="label-layers" aria-label={t("labels.layers")}>
      <div className="label-panel-head">
        <h2>{t("labels.layers")}</h2>
        <span>
          {tools.map(({ key, icon, run, off }) => (
            <Tooltip key={key} title={t(`labels.tool.${key}`)}>
              <Button type="text" size="small" icon={icon} aria-label={t(`labels.tool.${key}`)} disabled={off || disabled} onClick={run} />
            </Tooltip>
          ))}
        </span>
      </div>
      {rows.length === 0 && <p className="muted">{t("labels.noElements")}</p>}
      <ul>
        {rows.map(({ element, problem }) => (
          <li key={element.id}>
            <button
              type="button"
              className={selected.includes(element.id) ? "chosen" : ""}
              aria-pressed={selected.includes(element.id)}
              onClick={(event) =>
                onSelect(
                  event.shiftKey || event.ctrlKey || event.metaKey
                    ? selected.includes(element.id)
                      ? selected.filter((id) => id !== element.id)
                      : [...selected, element.id]
                    : [element.id],
                )
              }
            >
              {iconOf(element.type)}
              <span className="caption">
                {t(`labels.type.${element.type}`)} <span className="muted">{captionOf(element)}</span>
              </span>
              {problem && <WarningFilled className="problem" aria-label={problem} title={problem} />}
              {element.locked && <LockOutlined aria-label={t("labels.tool.locked")} />}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

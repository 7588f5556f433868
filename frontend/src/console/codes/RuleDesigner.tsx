import {
  AimOutlined,
  CalendarOutlined,
  FieldNumberOutlined,
  FontSizeOutlined,
  NodeIndexOutlined,
  SafetyOutlined,
  TagOutlined,
} from "@ant-design/icons";
import { Select, Skeleton } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { useMay } from "../../api/session";
import { DesignerFrame } from "../../designer/DesignerFrame";
import { type Definition, useDefinition, useDefinitionActions } from "../../designer/definitions";
import { inserted, moved, neighbour, removed, replaced } from "../../designer/entries";
import { Problems } from "../../designer/Problems";
import { SortableRow, type Tool } from "../../designer/SortableRow";
import { useDocument } from "../../designer/useDocument";
import { useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import "./codes.css";
import { segmentText } from "./codeTexts";
import { PastTrialPanel } from "./PastTrialPanel";
import { RulePreviewPanel } from "./RulePreviewPanel";
import { SegmentCell } from "./SegmentCell";
import { SegmentProperties } from "./SegmentProperties";
import { LEVELS, newSegment, type RuleBody, ruleOf, type Segment, SEGMENT_TYPES, segmentAt, type SegmentType, SYMBOLOGIES } from "./segments";
import { CODE_RULE, useRuleChoices, useRulePreview } from "./useRules";

const ICONS: Record<SegmentType, React.ReactNode> = {
  constant: <FontSizeOutlined />,
  date: <CalendarOutlined />,
  sequence: <FieldNumberOutlined />,
  field: <TagOutlined />,
  random: <AimOutlined />,
  check: <SafetyOutlined />,
  ai: <NodeIndexOutlined />,
};

function useTools(): Tool[] {
  const { t } = useTranslation();
  return useMemo(() => SEGMENT_TYPES.map((type) => ({ name: type, label: t(`rules.types.${type}`), icon: ICONS[type], help: t(`rules.help.${type}`) })), [t]);
}

function RuleSettings({ rule, readOnly, onChange }: { rule: RuleBody; readOnly: boolean; onChange: (rule: RuleBody) => void }) {
  const { t } = useTranslation();
  return (
    <div className="panel rule-settings">
      <label htmlFor="rule-level">{t("rules.level")}</label>
      <Select
        id="rule-level"
        value={rule.level}
        disabled={readOnly}
        options={LEVELS.map((level) => ({ value: level, label: t(`rules.levels.${level}`) }))}
        onChange={(level) => onChange({ ...rule, level })}
      />
      <label htmlFor="rule-symbology">{t("rules.symbology")}</label>
      <Select
        id="rule-symbology"
        value={rule.symbology}
        disabled={readOnly}
        options={SYMBOLOGIES.map((symbology) => ({ value: symbology, label: t(`rules.symbologies.${symbology}`) }))}
        onChange={(symbology) => onChange({ ...rule, symbology })}
      />
    </div>
  );
}

function Editor({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const readOnly = !useMay()("designer:definition:write");
  const tools = useTools();
  const choices = useRuleChoices();
  const server = useMemo(() => ruleOf(definition.body), [definition.body]);
  const edited = useDocument<RuleBody>(server);
  const { document: rule, change, follow } = edited;
  const [chosen, setChosen] = useState<string | null>(server.segments[0]?.id ?? null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const actions = useDefinitionActions(CODE_RULE, definition.row.key);
  const preview = useRulePreview(rule, fields);
  const found = preview.data?.problems ?? [];
  const problems = found.filter(({ at }) => !at.startsWith("/fields/"));

  // an older version taken back, or somebody else's draft: the screen follows the server
  useEffect(() => follow(server), [server, follow]);

  const setSegments = (segments: Segment[], tag?: string) => change({ ...rule, segments }, tag);
  const add = (type: string, at: number) => {
    const segment = newSegment(type as SegmentType, rule.segments.slice(0, at).concat(rule.segments.slice(at)));
    setSegments(inserted(rule.segments, segment, at));
    setChosen(segment.id);
  };
  const remove = (id: string) => {
    setChosen(neighbour(rule.segments, id));
    setSegments(removed(rule.segments, id));
  };
  const move = (id: string, to: number) => setSegments(moved(rule.segments, id, to));
  const save = async () => {
    const { title_zh, title_en, revision } = definition.row;
    const kept = await actions.save.mutateAsync({ title_zh, title_en, revision, body: { ...rule } });
    return kept.row;
  };
  const wrongIds = new Set(problems.map(({ at }) => segmentAt(at, rule.segments)?.id));
  const segment = rule.segments.find(({ id }) => id === chosen);
  const faults = problems.filter(({ at }) => segment && segmentAt(at, rule.segments) === segment).map((each) => (language === "en" ? each.title_en : each.title_zh));
  const placeName = (at: string) => {
    const found = segmentAt(at, [...rule.segments, ...server.segments]);
    return found ? t("rules.place", { type: t(`rules.types.${found.type}`), text: segmentText(t, found) }) : at.replace(/^\/body\//, "");
  };

  return (
    <DesignerFrame
      row={definition.row}
      back={{ path: "/code-rules", label: t("rules.title") }}
      dirty={edited.dirty}
      undo={edited.undo}
      redo={edited.redo}
      onSave={save}
      sound={problems.length === 0 && rule.segments.length > 0 && !preview.isPlaceholderData}
      placeName={placeName}
    >
      <RuleSettings rule={rule} readOnly={readOnly} onChange={change} />
      <SortableRow<Segment>
        tools={tools}
        entries={rule.segments}
        chosen={chosen}
        canvasLabel={t("rules.canvas")}
        readOnly={readOnly}
        empty={<p className="muted rule-empty">{t("rules.empty")}</p>}
        labelOf={(_, number) => t("rules.segmentLabel", { number: number + 1 })}
        nameOf={(each) => segmentText(t, each)}
        draw={(each) => <SegmentCell segment={each} wrong={wrongIds.has(each.id)} />}
        onChoose={setChosen}
        onAdd={add}
        onMove={move}
        onRemove={remove}
      />
      <div className="designer-body">
        <div>
          <RulePreviewPanel rule={rule} preview={preview.data} stale={preview.isPlaceholderData || preview.isFetching} fields={fields} onFields={setFields} />
          {preview.error && <ProblemView error={preview.error} />}
          <section className="panel" aria-label={t("designer.problems.title")}>
            <Problems problems={problems} onGo={(at) => setChosen(segmentAt(at, rule.segments)?.id ?? chosen)} />
          </section>
          <PastTrialPanel ruleKey={definition.row.key} rule={rule} />
        </div>
        <div>
          {segment ? (
            <SegmentProperties
              segment={segment}
              segments={rule.segments}
              choices={choices}
              faults={faults}
              readOnly={readOnly}
              onChange={(next, tag) => setSegments(replaced(rule.segments, next.id, () => next), tag)}
              onMove={(by) => move(segment.id, rule.segments.indexOf(segment) + by)}
              onRemove={() => remove(segment.id)}
            />
          ) : (
            <section className="panel properties">
              <p className="muted">{t("rules.choose")}</p>
            </section>
          )}
        </div>
      </div>
    </DesignerFrame>
  );
}

/** A code rule under design. */
export default function RuleDesigner() {
  const { key } = useParams();
  const query = useDefinition(CODE_RULE, key);
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  return <Editor key={key} definition={query.data} />;
}

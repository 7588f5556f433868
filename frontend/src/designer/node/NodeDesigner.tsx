import { Segmented, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { useMay } from "../../api/session";
import { ProblemView } from "../../console/ProblemView";
import { named, useLanguage } from "../../i18n/language";
import "../../i18n/nodes";
import { type Definition, type DefinitionProblem, useDefinition } from "../definitions";
import { DesignerFrame } from "../DesignerFrame";
import { Problems } from "../Problems";
import { ActionsPanel } from "./ActionsPanel";
import { ChecksPanel } from "./ChecksPanel";
import { FormPanel } from "./FormPanel";
import { MeaningPanel, type PanelProps } from "./MeaningPanel";
import { entryAt, type ListName, type NodeBody, TRACE_NODE } from "./model";
import { labelOf, useExpressionNames } from "./names";
import "./node.css";
import { NodeSettings } from "./NodeSettings";
import { PhonePreview } from "./PhonePreview";
import { formView, type Sample } from "./sample";
import { TryPanel } from "./TryPanel";
import { useNode, useNodeProblems } from "./useNode";

const TABS = ["form", "meaning", "checks", "actions", "try"] as const;
type Tab = (typeof TABS)[number];
const TAB_OF: Record<ListName, Tab> = { fields: "form", meaning: "meaning", checks: "checks", actions: "actions" };

/** What is wrong, by the entry that it is about. */
function faultsOf(problems: readonly DefinitionProblem[], body: NodeBody, english: boolean): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const problem of problems) {
    const entry = entryAt(problem.at, body);
    for (const id of entry ? [entry.column ?? entry.id] : []) found.set(id, [...(found.get(id) ?? []), english ? problem.title_en : problem.title_zh]);
    // the field of a column that is wrong is wrong too, and shows it in the form
    if (entry?.column && !found.has(entry.id)) found.set(entry.id, []);
  }
  return found;
}

function Editor({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const readOnly = !may("designer:definition:write");
  const tabs = TABS.filter((name) => name !== "try" || may("capture:node:try"));
  const { document, change, undo, redo, dirty, save } = useNode(definition);
  const { body } = document;
  const [tab, setTab] = useState<Tab>("form");
  const [chosen, setChosen] = useState<string | null>(body.fields[0]?.id ?? null);
  const [sample, setSample] = useState<Sample>({});
  const { problems, current } = useNodeProblems(body);
  const names = useExpressionNames(body.fields);
  const view = useMemo(() => formView(body.fields, sample, new Date()), [body.fields, sample]);
  const faults = useMemo(() => faultsOf(problems, body, language === "en"), [problems, body, language]);
  const setBody = (next: NodeBody, tag?: string) => change({ ...document, body: next }, tag);
  const panel: PanelProps = { node: body, names, values: view.values, readOnly, faults, onChange: setBody };

  const go = (at: string) => {
    const entry = entryAt(at, body);
    const list = (Object.keys(TAB_OF) as ListName[]).find((name) => at.includes(`/${name}`));
    if (list) setTab(TAB_OF[list]);
    if (entry?.list === "fields") setChosen(entry.id);
  };
  const placeName = (at: string) => {
    const entry = entryAt(at, body);
    const field = entry?.list === "fields" ? body.fields.find(({ id }) => id === entry.id) : undefined;
    if (field) return t("nodes.placeField", { label: labelOf(field, language) });
    return entry ? t(`nodes.tab.${TAB_OF[entry.list]}`) : at.replace(/^\/body\//, "");
  };
  const counts: Partial<Record<Tab, number>> = { form: body.fields.length, meaning: body.meaning.length, checks: body.checks.length, actions: body.actions.length };
  const wrong = (name: Tab) => problems.some(({ at }) => (Object.keys(TAB_OF) as ListName[]).some((list) => TAB_OF[list] === name && at.startsWith(`/${list}`)));

  return (
    <DesignerFrame
      row={definition.row}
      back={{ path: "/nodes", label: t("nodes.title") }}
      dirty={dirty}
      undo={undo}
      redo={redo}
      onSave={save}
      sound={current && problems.length === 0}
      placeName={placeName}
    >
      <NodeSettings node={body} titles={document} readOnly={readOnly} onChange={setBody} onTitles={(titles) => change({ ...document, ...titles }, "titles")} />
      <div className="node-bench">
        <div className="node-work">
          <Segmented<Tab>
            value={tab}
            aria-label={t("nodes.tabs")}
            options={tabs.map((name) => ({ value: name, label: <span data-tab={name} className={wrong(name) ? "node-tab-wrong" : ""}>{t(`nodes.tab.${name}`)}{counts[name] ? ` ${counts[name]}` : ""}</span> }))}
            onChange={setTab}
          />
          {tab === "form" && <FormPanel {...panel} chosen={chosen} onChoose={setChosen} />}
          {tab === "meaning" && <MeaningPanel {...panel} />}
          {tab === "checks" && <ChecksPanel {...panel} />}
          {tab === "actions" && <ActionsPanel {...panel} />}
          {tab === "try" && <TryPanel node={body} nodeKey={definition.row.key} />}
          <section className="panel" aria-label={t("designer.problems.title")}>
            <Problems problems={problems} onGo={go} />
          </section>
        </div>
        <PhonePreview
          title={named(language, document.title_zh, document.title_en, definition.row.key)}
          view={view}
          sample={sample}
          chosen={chosen}
          onSample={(id, text) => setSample((before) => ({ ...before, [id]: text }))}
          onChoose={(id) => {
            setTab("form");
            setChosen(id);
          }}
        />
      </div>
    </DesignerFrame>
  );
}

/** A trace node under design. */
export default function NodeDesigner() {
  const { key } = useParams();
  const query = useDefinition(TRACE_NODE, key);
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  return <Editor key={key} definition={query.data} />;
}

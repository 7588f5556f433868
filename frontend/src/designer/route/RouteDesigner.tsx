import { LayoutOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Input, InputNumber, Select, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { ProblemView } from "../../console/ProblemView";
import { named, useLanguage } from "../../i18n/language";
import "../../i18n/making";
import { type Definition, type DefinitionProblem, useDefinition } from "../definitions";
import { DesignerFrame } from "../DesignerFrame";
import { Problems } from "../Problems";
import { useDraft, useProblems } from "../useDraft";
import { layered } from "./layout";
import { changeOperation, freeId, insertAfter, linkId, newOperation, OPERATION_KINDS, type OperationKind, ROUTE, type RouteBody, routeOf } from "./model";
import { LinkPanel, OperationPanel, type PanelChoices } from "./OperationPanel";
import "./route.css";
import { KIND_ICONS, RouteCanvas } from "./RouteCanvas";

/** What the properties of an operation are chosen from. */
function useChoices(): PanelChoices {
  const language = useLanguage();
  const may = useMay();
  const names = useNames();
  const reads = may("production:plant:read");
  const nodes = useQuery({ queryKey: ["definitions", "trace_node", "choices"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/definitions", { params: { query: { kind: "trace_node", limit: 200 } }, signal })) }).data?.rows ?? [];
  const equipment = useQuery({ enabled: reads, queryKey: ["plant", "equipment"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/equipment", { signal })) }).data?.rows ?? [];
  const tools = useQuery({ enabled: reads, queryKey: ["plant", "tools", "all"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/tools", { signal })) }).data?.rows ?? [];
  const skills = useQuery({ enabled: reads, queryKey: ["plant", "qualifications", "all"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/qualifications", { signal })) }).data?.rows ?? [];
  const words = (values: readonly string[]) => [...new Set(values.filter(Boolean))].map((value) => ({ value, label: value }));
  return {
    nodes: nodes.map((row) => ({ value: row.key, label: `${named(language, row.title_zh, row.title_en, row.key)} · ${row.key}` })),
    steps: names.choices("steps"),
    places: names.choices("places"),
    workCentres: equipment.filter(({ level }) => level === "work_centre" || level === "line").map((row) => ({ value: row.uri, label: `${named(language, row.name_zh, row.name_en, row.code)} · ${row.code}` })),
    classes: words(equipment.map(({ class_name }) => class_name)),
    toolClasses: words(tools.map(({ class_name }) => class_name)),
    qualifications: skills.map((row) => ({ value: row.code, label: `${named(language, row.name_zh, row.name_en, row.code)} · ${row.code}` })),
    parameters: names.choices("parameters").map(({ value, label }) => ({ value: value.split(":").at(-1) ?? value, label })),
  };
}

/** The operation that a problem's place is about. */
function operationAt(at: string, route: RouteBody): string | null {
  const number = /\/operations\/(\d+)/.exec(at)?.[1];
  if (number !== undefined) return route.operations[Number(number)]?.id ?? null;
  const link = route.links[Number(/\/links\/(\d+)/.exec(at)?.[1] ?? Number.NaN)];
  return link ? linkId(link) : null;
}

function wrongOf(problems: readonly DefinitionProblem[], route: RouteBody): Set<string> {
  return new Set(problems.map(({ at }) => operationAt(at, route)).filter((id) => id !== null));
}

function RouteSettings({ route, titles, readOnly, onRoute, onTitles }: { route: RouteBody; titles: { title_zh: string; title_en: string }; readOnly: boolean; onRoute: (route: RouteBody, tag?: string) => void; onTitles: (titles: { title_zh?: string; title_en?: string }) => void }) {
  const { t } = useTranslation();
  const products = useNames().choices("products");
  return (
    <div className="panel route-settings">
      <label>
        <span>{t("making.nameZh")}</span>
        <Input readOnly={readOnly} maxLength={120} value={titles.title_zh} onChange={(event) => onTitles({ title_zh: event.target.value })} />
      </label>
      <label>
        <span>{t("making.nameEn")}</span>
        <Input readOnly={readOnly} maxLength={120} value={titles.title_en} onChange={(event) => onTitles({ title_en: event.target.value })} />
      </label>
      <label className="route-products">
        <span>{t("making.route.products")}</span>
        <Select mode="tags" disabled={readOnly} aria-label={t("making.route.products")} value={route.products} options={products} showSearch={{ optionFilterProp: "label" }} onChange={(chosen: string[]) => onRoute({ ...route, products: chosen })} />
      </label>
      <label>
        <span>{t("making.route.maxRework")}</span>
        <InputNumber readOnly={readOnly} min={0} max={100} precision={0} value={route.max_rework} onChange={(max_rework) => onRoute({ ...route, max_rework })} />
      </label>
    </div>
  );
}

function Editor({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const readOnly = !useMay()("designer:definition:write");
  const { document, change, undo, redo, dirty, save } = useDraft(definition, routeOf);
  const route = document.body;
  const [chosen, setChosen] = useState<string | null>(null);
  const { problems, current } = useProblems(ROUTE, route);
  const wrong = useMemo(() => wrongOf(problems, route), [problems, route]);
  const choices = useChoices();
  const put = (next: RouteBody, tag?: string) => change({ ...document, body: next }, tag);
  const operation = route.operations.find(({ id }) => id === chosen);
  const link = route.links.find((each) => linkId(each) === chosen);
  const add = (kind: OperationKind) => {
    const id = freeId(route.operations);
    const number = route.operations.length + 1;
    const made = newOperation(id, kind, `${t(`making.route.kinds.${kind}`, { lng: "zh" })} ${number}`, `${t(`making.route.kinds.${kind}`, { lng: "en" })} ${number}`);
    put(insertAfter(route, made, operation?.id ?? route.operations.at(-1)?.id ?? null));
    setChosen(id);
  };
  const arrange = () => {
    const places = layered(route);
    put({ ...route, operations: route.operations.map((each) => ({ ...each, at: places[each.id] ?? null })) });
  };
  const placeName = (at: string) => {
    const found = route.operations.find(({ id }) => id === operationAt(at, route));
    return found ? named(language, found.name_zh, found.name_en, found.id) : at.replace(/^\/body\//, "");
  };
  return (
    <DesignerFrame row={definition.row} back={{ path: "/routes", label: t("making.title") }} dirty={dirty} undo={undo} redo={redo} onSave={save} sound={current && problems.length === 0} placeName={placeName}>
      <RouteSettings route={route} titles={document} readOnly={readOnly} onRoute={put} onTitles={(titles) => change({ ...document, ...titles }, "titles")} />
      {!readOnly && (
        <div className="route-tools">
          <Dropdown menu={{ items: OPERATION_KINDS.map((kind) => ({ key: kind, icon: KIND_ICONS[kind], label: t(`making.route.kinds.${kind}`), onClick: () => add(kind) })) }} trigger={["click"]}>
            <Button type="primary" icon={<PlusOutlined />} data-action="add-operation">
              {t("making.route.addOperation")}
            </Button>
          </Dropdown>
          <Button icon={<LayoutOutlined />} onClick={arrange}>
            {t("making.route.arrange")}
          </Button>
          <span className="muted">{t("making.route.hint")}</span>
        </div>
      )}
      <div className="route-bench">
        <RouteCanvas route={route} chosen={chosen} wrong={wrong} readOnly={readOnly} onChoose={setChosen} onChange={put} />
        <aside className="panel route-panel" aria-label={t("making.route.properties")}>
          {operation && !readOnly && (
            <OperationPanel
              key={operation.id}
              operation={operation}
              route={route}
              choices={choices}
              onChange={(part, tag) => put(changeOperation(route, operation.id, part), tag ? `${operation.id} ${tag}` : undefined)}
              onRoute={put}
              onRemoved={() => setChosen(null)}
            />
          )}
          {link && !readOnly && <LinkPanel link={link} route={route} onRoute={put} onRemoved={() => setChosen(null)} onChoose={setChosen} />}
          {!operation && !link && (
            <>
              <p className="muted">{t("making.route.chooseOne")}</p>
              <ol className="route-list">
                {route.operations.map((each) => (
                  <li key={each.id}>
                    <button type="button" className="plain-button" onClick={() => setChosen(each.id)}>
                      {named(language, each.name_zh, each.name_en, each.id)}
                    </button>
                  </li>
                ))}
              </ol>
            </>
          )}
        </aside>
      </div>
      <section className="panel route-problems" aria-label={t("designer.problems.title")}>
        <Problems problems={problems} onGo={(at) => setChosen(operationAt(at, route))} />
      </section>
    </DesignerFrame>
  );
}

/** A route under design. */
export default function RouteDesigner() {
  const { key } = useParams();
  const query = useDefinition(ROUTE, key);
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  return <Editor key={key} definition={query.data} />;
}

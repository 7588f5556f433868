import { ApartmentOutlined, BlockOutlined, ClusterOutlined, PlusOutlined, SearchOutlined, ToolOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Input, Skeleton, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Equipment, EquipmentLevel } from "../../api/production";
import { useMay, useSession } from "../../api/session";
import { CLEARABLE } from "../../fields/clearable";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { NameButton } from "../../meta/NameButton";
import { ProblemView } from "../ProblemView";
import { usePlantFields } from "./plantFields";
import { branches, LEVELS, type Placed } from "./tree";

const ICONS: Record<EquipmentLevel, ReactNode> = { area: <BlockOutlined />, line: <ApartmentOutlined />, work_centre: <ClusterOutlined />, equipment: <ToolOutlined /> };
const NO_PARENT = "none";

interface EquipmentForm {
  level: EquipmentLevel;
  code: string;
  name_zh: string;
  name_en: string;
  site: string;
  parent: string;
  class_name: string;
  uri: string;
  retired: boolean;
  extra: Record<string, unknown>;
}

type Edited = { existing: Equipment } | { under: Equipment | null; site: number };

function useFields(rows: readonly Equipment[], edited: Edited | null): FormField[] {
  const { t } = useTranslation();
  const { names, site, nameOf, retired, extra } = usePlantFields();
  const existing = edited && "existing" in edited ? edited.existing : null;
  const parents = rows.filter(({ level, id, retired: gone }) => level !== "equipment" && id !== existing?.id && !gone);
  return [
    ...(existing ? [] : [{ kind: "choice", name: "level", label: t("plant.column.level"), required: true, choices: LEVELS.map((value) => ({ value, label: t(`plant.level.${value}`) })) } satisfies FormField, site(false)]),
    {
      kind: "choice",
      name: "parent",
      label: t("plant.field.parent"),
      choices: [{ value: NO_PARENT, label: t("plant.field.noParent") }, ...parents.map((row) => ({ value: String(row.id), label: `${nameOf(row)} · ${row.code}` }))],
    },
    ...names,
    { kind: "text", name: "class_name", label: t("plant.column.class"), help: t("plant.field.classHelp"), max: 80 },
    ...(existing ? [retired] : [{ kind: "text", name: "uri", label: t("plant.field.uri"), help: t("plant.field.uriHelp"), max: 400, code: true } satisfies FormField]),
    extra,
  ];
}

function formOf(edited: Edited): EquipmentForm {
  if ("existing" in edited) {
    const { level, code, name_zh, name_en, site_id, parent_id, class_name, uri, retired, extra } = edited.existing;
    return { level, code, name_zh, name_en, site: String(site_id), parent: parent_id === null ? NO_PARENT : String(parent_id), class_name, uri, retired, extra };
  }
  const above = edited.under ? LEVELS.indexOf(edited.under.level) : -1;
  const level = LEVELS[Math.min(above + 1, LEVELS.length - 1)] ?? "line";
  return { level: edited.under ? level : "line", code: "", name_zh: "", name_en: "", site: String(edited.site), parent: edited.under ? String(edited.under.id) : NO_PARENT, class_name: "", uri: "", retired: false, extra: {} };
}

async function save(form: EquipmentForm, edited: Edited): Promise<void> {
  const { code, name_zh, name_en, class_name, retired, extra, level, uri } = form;
  const parent_id = form.parent === NO_PARENT ? null : Number(form.parent);
  const same = { code, name_zh, name_en, class_name, parent_id, extra };
  if ("existing" in edited) await unwrap(client.PATCH("/api/v1/plant/equipment/{row_id}", { params: { path: { row_id: edited.existing.id } }, body: { ...same, retired } }));
  else await unwrap(client.POST("/api/v1/plant/equipment", { body: { ...same, level, uri, site_id: Number(form.site) } }));
}

function Branch({ placed, onOpen, onAdd }: { placed: Placed; onOpen: ((row: Equipment) => void) | undefined; onAdd: ((row: Equipment) => void) | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { row, depth } = placed;
  const name = named(language, row.name_zh, row.name_en, row.code);
  return (
    <li className={row.retired ? "plant-row retired" : "plant-row"} style={{ paddingInlineStart: `${12 + depth * 26}px` }} aria-level={depth + 2}>
      <span className={`plant-icon ${row.level}`} aria-hidden="true">
        {ICONS[row.level]}
      </span>
      <span className="plant-name">
        <NameButton name={name} onOpen={onOpen ? () => onOpen(row) : undefined} />
        <span className="code">{row.code}</span>
      </span>
      <span className="plant-level">{t(`plant.level.${row.level}`)}</span>
      {row.class_name && <Tag>{row.class_name}</Tag>}
      {row.retired && <Tag>{t("plant.retired")}</Tag>}
      {onAdd && row.level !== "equipment" && !row.retired && (
        <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t("plant.under", { name })} title={t("plant.under", { name })} onClick={() => onAdd(row)} />
      )}
    </li>
  );
}

/** The plant as a tree: sites, and below each its areas, lines, work centres and equipment. */
export function TreeTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const { sites } = useSession();
  const writes = useMay()("production:plant:write");
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Edited | null>(null);
  const query = useQuery({ queryKey: ["plant", "equipment"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/equipment", { signal })) });
  const rows = query.data?.rows ?? [];
  const fields = useFields(rows, edited);
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active />;
  if (sites.length === 0) return <Empty title={t("plant.empty.noSiteTitle")} text={t("plant.empty.noSiteText")} />;
  const firstSite = sites[0]?.id ?? 0;
  const add = writes && (
    <Button type="primary" icon={<PlusOutlined />} data-action="new-equipment" onClick={() => setEdited({ under: null, site: firstSite })}>
      {t("plant.new.equipment")}
    </Button>
  );
  return (
    <>
      <Flex gap={12} wrap="wrap" className="part-head">
        {rows.length > 5 && <Input className="part-search" prefix={<SearchOutlined />} allowClear={CLEARABLE} aria-label={t("plant.search")} placeholder={t("plant.search")} value={search} onChange={(typed) => setSearch(typed.target.value)} />}
        {rows.length > 0 && add}
      </Flex>
      {rows.length === 0 ? (
        <Empty title={t("plant.empty.treeTitle")} text={t("plant.empty.treeText")}>
          {add}
        </Empty>
      ) : (
        sites.map((site) => {
          const placed = branches(rows.filter(({ site_id }) => site_id === site.id), search);
          return placed.length === 0 ? null : (
            <section key={site.id} className="panel plant-site">
              <h2>
                {named(language, site.name_zh, site.name_en, site.code)} <span className="code">{site.code}</span>
              </h2>
              <ul>
                {placed.map((each) => (
                  <Branch key={each.row.id} placed={each} onOpen={writes ? (existing) => setEdited({ existing }) : undefined} onAdd={writes ? (under) => setEdited({ under, site: site.id }) : undefined} />
                ))}
              </ul>
            </section>
          );
        })
      )}
      {edited && (
        <FormDrawer<EquipmentForm>
          open
          title={"existing" in edited ? t("plant.edit", { name: named(language, edited.existing.name_zh, edited.existing.name_en) }) : t("plant.new.equipment")}
          fields={fields}
          initial={formOf(edited)}
          onSubmit={async (form) => {
            await save(form, edited);
            await cache.invalidateQueries({ queryKey: ["plant"] });
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

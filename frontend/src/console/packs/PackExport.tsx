import { Button, Checkbox, Drawer, Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DefinitionRow } from "../../designer/definitions";
import { named, useLanguage } from "../../i18n/language";
import { savePosted } from "../labels/postedFile";
import { ProblemView } from "../ProblemView";
import { useKindNames, usePublished } from "./packs";

interface Names {
  name: string;
  version: string;
  title_zh: string;
  title_en: string;
}

const idOf = ({ kind, key }: DefinitionRow) => `${kind}/${key}`;

function Choice({ rows, chosen, onChange }: { rows: readonly DefinitionRow[]; chosen: ReadonlySet<string>; onChange: (next: Set<string>) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kindName = useKindNames();
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const set = (ids: readonly string[], wanted: boolean) => onChange(new Set(wanted ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id))));
  return (
    <div className="pack-choice" role="group" aria-label={t("packs.what")}>
      {kinds.map((kind) => {
        const ids = rows.filter((row) => row.kind === kind).map(idOf);
        const count = ids.filter((id) => chosen.has(id)).length;
        return (
          <fieldset key={kind}>
            <legend>
              <Checkbox checked={count === ids.length} indeterminate={count > 0 && count < ids.length} onChange={(event) => set(ids, event.target.checked)}>
                {kindName(kind)} <small className="muted num">{`${count} / ${ids.length}`}</small>
              </Checkbox>
            </legend>
            {rows
              .filter((row) => row.kind === kind)
              .map((row) => (
                <Checkbox key={row.key} checked={chosen.has(idOf(row))} onChange={(event) => set([idOf(row)], event.target.checked)}>
                  {named(language, row.title_zh, row.title_en, row.key)} <small className="code muted">{row.key}</small>
                </Checkbox>
              ))}
          </fieldset>
        );
      })}
    </div>
  );
}

/** Choose definitions in force and take them away as a pack. */
export function PackExport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [names, setNames] = useState<Names>({ name: "", version: "1", title_zh: "", title_en: "" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { data, error: unread } = usePublished();
  const sound = /^[a-z0-9][a-z0-9_-]{0,62}$/.test(names.name) && [names.version, names.title_zh, names.title_en].every((text) => text.trim() !== "");
  const save = async () => {
    setBusy(true);
    setError(null);
    const definitions = (data ?? []).filter((row) => chosen.has(idOf(row))).map(({ kind, key }) => ({ kind, key }));
    try {
      await savePosted("/api/v1/packs/export", { ...names, definitions }, `${names.name}-${names.version}.zip`);
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const footer = (
    <Button type="primary" loading={busy} disabled={!sound || chosen.size === 0} onClick={() => void save()}>
      {t("packs.exportCount", { count: chosen.size })}
    </Button>
  );
  return (
    <Drawer open size={560} title={t("packs.export")} onClose={onClose} footer={footer}>
      <Form layout="vertical">
        {(["name", "version", "title_zh", "title_en"] as const).map((field) => (
          <Form.Item key={field} label={t(`packs.field.${field}`)} htmlFor={`pack-${field}`} required {...(field === "name" ? { extra: t("packs.nameHelp") } : {})}>
            <Input
              id={`pack-${field}`}
              maxLength={field === "version" ? 40 : 63}
              value={names[field]}
              status={field === "name" && names.name !== "" && !/^[a-z0-9][a-z0-9_-]*$/.test(names.name) ? "error" : ""}
              onChange={(event) => setNames({ ...names, [field]: event.target.value })}
            />
          </Form.Item>
        ))}
      </Form>
      <h3>{t("packs.what")}</h3>
      {unread && <ProblemView error={unread} />}
      {data ? <Choice rows={data} chosen={chosen} onChange={setChosen} /> : <Skeleton active />}
      {data?.length === 0 && <p className="muted">{t("packs.nothingPublished")}</p>}
      {error !== null && <ProblemView error={error} />}
    </Drawer>
  );
}

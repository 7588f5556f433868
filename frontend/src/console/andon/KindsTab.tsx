import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { AndonKind, AndonLevel, AndonReason } from "../../api/floor";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { ProblemView, useReportProblem } from "../ProblemView";
import { PageSkeleton } from "../states";
import { LevelsControl, useAddressees } from "./LevelsControl";
import { REASON_ICONS } from "./look";

const REASONS: readonly AndonReason[] = ["equipment", "quality", "material", "safety", "other"];

interface KindForm {
  code: string;
  name_zh: string;
  name_en: string;
  reason: AndonReason;
  levels: AndonLevel[];
  position: number;
  retired: boolean;
}

const NEW: KindForm = { code: "", name_zh: "", name_en: "", reason: "equipment", levels: [], position: 0, retired: false };

/** What stations can call for, and whom a call reaches after how many minutes. */
export function KindsTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const report = useReportProblem();
  const { namesOf } = useAddressees();
  const [edited, setEdited] = useState<AndonKind | "new" | null>(null);
  const existing = edited === "new" ? null : edited;
  const query = useQuery({ queryKey: ["andon", "kinds"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon/kinds", { signal })) });
  const refresh = () => cache.invalidateQueries({ queryKey: ["andon", "kinds"] });
  const usual = useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/production/andon/kinds/usual")), onSuccess: refresh, onError: report });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const fields: FormField[] = [
    ...(existing ? [] : [{ kind: "text" as const, name: "code", label: t("andon.column.code"), required: true, max: 40, code: true, help: t("andon.codeHelp"), pattern: /^[a-z0-9][a-z0-9_-]*$/u, patternText: t("andon.codePattern") }]),
    { kind: "text", name: "name_zh", label: t("andon.nameZh"), required: true, max: 80 },
    { kind: "text", name: "name_en", label: t("andon.nameEn"), required: true, max: 80 },
    { kind: "choice", name: "reason", label: t("andon.column.reason"), required: true, choices: REASONS.map((value) => ({ value, label: t(`andon.reason.${value}`) })) },
    { kind: "custom", name: "levels", label: t("andon.levels"), help: t("andon.levelsHelp"), control: <LevelsControl /> },
    { kind: "number", name: "position", label: t("andon.position"), least: 0, most: 1000 },
    ...(existing ? [{ kind: "switch" as const, name: "retired", label: t("andon.retired") }] : []),
  ];
  const save = async ({ code, retired, ...body }: KindForm) => {
    await (existing
      ? unwrap(client.PATCH("/api/v1/production/andon/kinds/{row_id}", { params: { path: { row_id: existing.id } }, body: { ...body, retired } }))
      : unwrap(client.POST("/api/v1/production/andon/kinds", { body: { ...body, code } })));
    await refresh();
  };
  const { rows } = query.data;
  return (
    <>
      <Button type={rows.length ? "primary" : "default"} className="andon-new" data-action="new-kind" onClick={() => setEdited("new")}>
        {t("andon.newKind")}
      </Button>
      {rows.length === 0 && (
        <Empty title={t("andon.setUpTitle")} text={t("andon.setUpText")}>
          <Button type="primary" loading={usual.isPending} onClick={() => usual.mutate()}>
            {t("andon.setUp")}
          </Button>
        </Empty>
      )}
      <ul className="andon-list">
        {rows.map((kind) => (
          <li key={kind.id} className={`panel andon-kind andon-${kind.reason}`}>
            <span className="andon-icon">{REASON_ICONS[kind.reason]}</span>
            <div>
              <button type="button" className="text-link andon-name" onClick={() => setEdited(kind)}>
                {named(language, kind.name_zh, kind.name_en)}
              </button>
              <p className="muted">
                {t(`andon.reason.${kind.reason}`)} · <span className="code">{kind.code}</span> {kind.retired && <Tag>{t("andon.retired")}</Tag>}
              </p>
              <ol>
                {kind.levels.map((level, at) => (
                  <li key={at}>
                    {t("andon.levelText", { minutes: level.after_minutes, names: namesOf(level).join(language === "en" ? ", " : "、") })} <span className="muted">{t(`andon.unless.${level.unless}`)}</span>
                  </li>
                ))}
              </ol>
              {kind.levels.length === 0 && <p className="muted">{t("andon.noLevels")}</p>}
            </div>
          </li>
        ))}
      </ul>
      <FormDrawer<KindForm>
        open={edited !== null}
        title={existing ? t("andon.editKind", { name: named(language, existing.name_zh, existing.name_en) }) : t("andon.newKind")}
        fields={fields}
        initial={existing ? { ...existing, levels: [...existing.levels] } : { ...NEW, position: rows.length }}
        onSubmit={save}
        onClose={() => setEdited(null)}
        width={600}
      />
    </>
  );
}

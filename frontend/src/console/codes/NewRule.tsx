import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { EMPTY_RULE } from "./segments";
import { CODE_RULE, type ReadyRule } from "./useRules";

interface NewRuleForm {
  key: string;
  title_zh: string;
  title_en: string;
}
const BLANK: NewRuleForm = { key: "", title_zh: "", title_en: "" };

/** A new rule, empty or from a ready one. */
export function NewRule({ from, open, onClose }: { from: ReadyRule | null; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const fields: FormField[] = [
    { kind: "text", name: "title_zh", label: t("designer.create.zh"), required: true, max: 120 },
    { kind: "text", name: "title_en", label: t("designer.create.en"), required: true, max: 120 },
    {
      kind: "text",
      name: "key",
      label: t("designer.create.key"),
      help: t("designer.create.keyHelp"),
      required: true,
      max: 63,
      code: true,
      pattern: /^[a-z0-9][a-z0-9_-]*$/,
      patternText: t("designer.create.keyPattern"),
    },
  ];
  const create = async ({ key, title_zh, title_en }: NewRuleForm) => {
    const body = from?.body ?? EMPTY_RULE;
    await unwrap(
      client.PUT("/api/v1/definitions/{definition_kind}/{key}", {
        params: { path: { definition_kind: CODE_RULE, key } },
        body: { title_zh, title_en, body: { ...body }, revision: null },
      }),
    );
    void go(`/code-rules/${key}`);
  };
  return (
    <FormDrawer<NewRuleForm>
      open={open}
      title={from ? t("rules.newFrom") : t("rules.new")}
      fields={fields}
      initial={from ? { key: from.key, title_zh: from.title_zh, title_en: from.title_en } : BLANK}
      submitLabel={t("rules.create")}
      onSubmit={create}
      onClose={onClose}
    />
  );
}

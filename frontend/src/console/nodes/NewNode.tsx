import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { DefinitionRow } from "../../designer/definitions";
import { EMPTY_NODE, type NodeBody, TRACE_NODE } from "../../designer/node/model";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";

export interface Origin {
  row: DefinitionRow;
  body: NodeBody;
}

interface NewNodeForm {
  key: string;
  title_zh: string;
  title_en: string;
}

function freeKey(wanted: string, taken: readonly string[]): string {
  let number = 2;
  if (!taken.includes(wanted)) return wanted;
  while (taken.includes(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** A new node: empty, or like another. */
export function NewNode({ from, taken, onMade, onClose }: { from: Origin | null; taken: readonly string[]; onMade: (key: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation();
  const fields: FormField[] = [
    { kind: "text", name: "title_zh", label: t("designer.create.zh"), required: true, max: 120 },
    { kind: "text", name: "title_en", label: t("designer.create.en"), required: true, max: 120 },
    {
      kind: "text",
      name: "key",
      label: t("designer.create.key"),
      help: t("nodes.keyHelp"),
      required: true,
      max: 63,
      code: true,
      pattern: /^[a-z0-9][a-z0-9_-]*$/,
      patternText: t("designer.create.keyPattern"),
    },
  ];
  const create = async ({ key, title_zh, title_en }: NewNodeForm) => {
    const body = { ...(from?.body ?? EMPTY_NODE) };
    await unwrap(
      client.PUT("/api/v1/definitions/{definition_kind}/{key}", {
        params: { path: { definition_kind: TRACE_NODE, key } },
        body: { title_zh, title_en, body, revision: null },
      }),
    );
    await onMade(key);
  };
  const initial: NewNodeForm = from ? { key: freeKey(from.row.key, taken), title_zh: from.row.title_zh, title_en: from.row.title_en } : { key: freeKey("node", taken), title_zh: "", title_en: "" };
  return <FormDrawer<NewNodeForm> open title={t(from ? "nodes.copy" : "nodes.new")} fields={fields} initial={initial} submitLabel={t("nodes.create")} onSubmit={create} onClose={onClose} />;
}

import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Token, TokenInput, TokenMade } from "../../api/contract";
import { useMay, useSession } from "../../api/session";
import { PermissionsField } from "../../fields/PermissionsField";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import { SecretOnce } from "./SecretOnce";
import { useTokenColumns } from "./tokenColumns";

const ALL_SITES = "";

/** The form's values: a choice works with text, the server with a number or null. */
interface TokenForm {
  name: string;
  permissions: string[];
  site: string;
  expires: string | null;
}
const NEW_TOKEN: TokenForm = { name: "", permissions: [], site: ALL_SITES, expires: null };

function useTokenFields(): FormField[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { permissions, sites } = useSession();
  return [
    { kind: "text", name: "name", label: t("tokens.field.name"), help: t("tokens.field.nameHelp"), required: true, max: 100 },
    {
      kind: "custom",
      name: "permissions",
      label: t("tokens.field.permissions"),
      help: t("tokens.field.permissionsHelp"),
      required: true,
      control: <PermissionsField within={permissions} />,
    },
    {
      kind: "choice",
      name: "site",
      label: t("tokens.field.site"),
      choices: [
        { value: ALL_SITES, label: t("people.allSites") },
        ...sites.map((site) => ({ value: String(site.id), label: named(language, site.name_zh, site.name_en, site.code) })),
      ],
    },
    { kind: "date", name: "expires", label: t("tokens.field.expires"), help: t("tokens.field.expiresHelp") },
  ];
}

function RevokeButton({ token }: { token: Token }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const revoke = () =>
    modal.confirm({
      title: t("tokens.revokeTitle", { name: token.name }),
      content: t("tokens.revokeText"),
      okText: t("tokens.revoke"),
      okButtonProps: { danger: true },
      cancelText: t("list.cancel"),
      onOk: async () => {
        try {
          await unwrap(client.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: token.id } } }));
          void message.success(t("tokens.revoked"));
          await cache.invalidateQueries({ queryKey: ["tokens"] });
        } catch (error) {
          report(error);
        }
      },
    });
  return (
    <Button size="small" danger onClick={revoke} disabled={token.revoked !== null}>
      {t("tokens.revoke")}
    </Button>
  );
}

export default function TokensPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const writes = useMay()("tenancy:token:write");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<TokenMade | null>(null);
  const columns = useTokenColumns();
  const fields = useTokenFields();
  const list = usePagedList<Token>(["tokens"], (_cursor, signal) => unwrap(client.GET("/api/v1/tokens", { signal })));
  const save = async ({ name, permissions, site, expires }: TokenForm) => {
    const body: TokenInput = { name, permissions, site_id: site === ALL_SITES ? null : Number(site), expires };
    setMade(await unwrap(client.POST("/api/v1/tokens", { body })));
    await cache.invalidateQueries({ queryKey: ["tokens"] });
  };
  return (
    <div className="page">
      <PageHead title={t("tokens.title")} text={t("tokens.text")}>
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setMaking(true)}>
            {t("tokens.new")}
          </Button>
        )}
        <ViewMenu name="tokens" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <DataTable<Token>
        name="tokens"
        label={t("tokens.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        {...(writes ? { actions: (token: Token) => <RevokeButton token={token} />, actionsTitle: t("list.actions") } : {})}
        empty={<Empty title={t("tokens.emptyTitle")} text={t("tokens.emptyText")} />}
      />
      <FormDrawer<TokenForm>
        open={making}
        title={t("tokens.new")}
        fields={fields}
        initial={NEW_TOKEN}
        submitLabel={t("list.create")}
        onSubmit={save}
        onClose={() => setMaking(false)}
        width={600}
      />
      <SecretOnce made={made} onDone={() => setMade(null)} />
    </div>
  );
}

import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Flex, Tag, Typography } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Provider, ProviderInput } from "../../api/contract";
import { roleNames, useRolesQuery } from "../../api/permissions";
import { useMay } from "../../api/session";
import { MappingsField } from "../../fields/MappingsField";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { FormField } from "../../meta/form";
import { FormDrawer } from "../../meta/FormDrawer";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { useReportProblem } from "../ProblemView";
import "./security.css";

const KEY = ["providers"] as const;
const NEW: ProviderInput = {
  name_zh: "",
  name_en: "",
  issuer: "https://",
  client: "",
  secret: "",
  scopes: "openid profile email",
  groups_claim: "groups",
  mappings: [],
  enabled: false,
  creates_people: false,
  links_by_mail: true,
  strong: false,
};

/** What came of trying: where it ended, or who it would have been. */
function TriedView({ provider }: { provider: Provider }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { ago } = useFormats();
  const roles = roleNames(useRolesQuery(useMay()("tenancy:role:read")).data?.rows ?? []);
  const { tried } = provider;
  if (!tried) return <span className="muted">{t("providers.untried")}</span>;
  const names = tried.role_ids.map((id) => {
    const role = roles.get(id);
    return role ? named(language, role.name_zh, role.name_en) : String(id);
  });
  return (
    <div className="tried">
      <Tag color={tried.ok ? "success" : "error"}>{tried.ok ? t("providers.ok") : t("providers.failed")}</Tag> <span className="muted">{ago(tried.at)}</span>
      {tried.step === "roles" ? (
        <div>{t("providers.triedAs", { person: tried.person, subject: tried.subject, groups: tried.groups.join("、") || "–", roles: names.join("、") || "–" })}</div>
      ) : (
        <div>{tried.ok ? t("providers.answers", { n: tried.said }) : `${t(`providers.step.${tried.step}`)}：${tried.said}`}</div>
      )}
    </div>
  );
}

function useFields(isNew: boolean): FormField[] {
  const { t } = useTranslation();
  type Text = "name_zh" | "name_en" | "issuer" | "client" | "scopes" | "groups_claim";
  type Flag = "links_by_mail" | "creates_people" | "strong" | "enabled";
  const text = (name: Text, required = true, code = true): FormField => ({ kind: "text", name, label: t(`providers.field.${name}`), help: t(`providers.help.${name}`), required, code, max: 300 });
  const flag = (name: Flag): FormField => ({ kind: "switch", name, label: t(`providers.field.${name}`), help: t(`providers.help.${name}`) });
  return [
    text("name_zh", true, false),
    text("name_en", true, false),
    text("issuer"),
    text("client"),
    { kind: "password", name: "secret", label: t("providers.field.secret"), help: isNew ? t("providers.help.secret") : t("providers.help.secretKept"), required: isNew, autoComplete: "off" },
    text("scopes"),
    text("groups_claim"),
    { kind: "custom", name: "mappings", label: t("providers.field.mappings"), help: t("providers.help.mappings"), control: <MappingsField /> },
    flag("links_by_mail"),
    flag("creates_people"),
    flag("strong"),
    flag("enabled"),
  ];
}

function inputOf({ id: _id, tried: _tried, ...kept }: Provider): ProviderInput {
  return { ...kept, secret: "" };
}

/** The company's own sign-in services (OpenID Connect). */
export function ProvidersList() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { modal, message } = App.useApp();
  const report = useReportProblem();
  const cache = useQueryClient();
  const writes = useMay()("tenancy:provider:write");
  const [edited, setEdited] = useState<Provider | "new" | null>(null);
  const [redirect, setRedirect] = useState("");
  const list = usePagedList<Provider>([...KEY], async (_cursor, signal) => {
    const page = await unwrap(client.GET("/api/v1/security/providers", { signal }));
    setRedirect(page.redirect);
    return page;
  });
  const existing = edited === "new" ? null : edited;
  const fields = useFields(existing === null);
  const columns = useMemo((): Column<Provider>[] => {
    const path = (provider: Provider) => ({ params: { path: { provider_id: provider.id } } });
    const attempt = async (provider: Provider) => {
      try {
        const { address } = await unwrap(client.POST("/api/v1/security/providers/{provider_id}/try", path(provider)));
        await cache.invalidateQueries({ queryKey: KEY });
        if (address) globalThis.location.assign(address);
      } catch (error) {
        report(error);
      }
    };
    const remove = (provider: Provider) =>
      modal.confirm({
        title: t("providers.remove", { name: named(language, provider.name_zh, provider.name_en) }),
        content: t("providers.removeText"),
        okButtonProps: { danger: true },
        onOk: () =>
          unwrap(client.DELETE("/api/v1/security/providers/{provider_id}", path(provider))).then(() => {
            void message.success(t("list.saved"));
            return cache.invalidateQueries({ queryKey: KEY });
          }, report),
      });
    const actions = (provider: Provider) => (
      <Flex gap={8}>
        <Button size="small" onClick={() => void attempt(provider)}>
          {t("providers.try")}
        </Button>
        <Button size="small" danger onClick={() => void remove(provider)}>
          {t("providers.removeShort")}
        </Button>
      </Flex>
    );
    return [
      {
        key: "name",
        title: t("providers.column.name"),
        fixed: true,
        card: "heading",
        render: (provider) => <NameButton name={named(language, provider.name_zh, provider.name_en)} onOpen={writes ? () => setEdited(provider) : undefined} />,
      },
      { key: "issuer", title: t("providers.column.issuer"), render: ({ issuer }) => <span className="code">{issuer}</span> },
      { key: "state", title: t("providers.column.state"), card: "corner", render: ({ enabled }) => <Tag color={enabled ? "success" : "default"}>{enabled ? t("providers.on") : t("providers.off")}</Tag> },
      { key: "tried", title: t("providers.column.tried"), render: (provider) => <TriedView provider={provider} /> },
      ...(writes ? [{ key: "actions", title: t("providers.column.actions"), render: actions }] : []),
    ];
  }, [t, language, writes, cache, modal, message, report]);
  const save = async ({ secret, ...values }: ProviderInput) => {
    if (existing) await unwrap(client.PATCH("/api/v1/security/providers/{provider_id}", { params: { path: { provider_id: existing.id } }, body: { ...values, ...(secret ? { secret } : {}) } }));
    else await unwrap(client.POST("/api/v1/security/providers", { body: { ...values, secret } }));
    await cache.invalidateQueries({ queryKey: KEY });
  };
  return (
    <>
      <Flex className="providers-head" gap={12} wrap justify="space-between" align="start">
        <Alert
          type="info"
          title={t("providers.redirect")}
          description={
            <Typography.Text className="code" copyable={{ text: redirect, tooltips: [t("trace.what.copy"), t("trace.what.copied")] }}>
              {redirect}
            </Typography.Text>
          }
        />
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEdited("new")}>
            {t("providers.new")}
          </Button>
        )}
      </Flex>
      <DataTable<Provider> name="providers" label={t("security.tab.providers")} columns={columns} list={list} rowKey={({ id }) => id} empty={<Empty title={t("providers.emptyTitle")} text={t("providers.emptyText")} />} />
      <FormDrawer<ProviderInput>
        open={edited !== null}
        title={existing ? t("providers.edit", { name: named(language, existing.name_zh, existing.name_en) }) : t("providers.new")}
        fields={fields}
        initial={existing ? inputOf(existing) : NEW}
        onSubmit={save}
        onClose={() => setEdited(null)}
        width={640}
      />
    </>
  );
}

import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Role, RoleInput } from "../../api/contract";
import { usePermissionGroups, useRolesQuery } from "../../api/permissions";
import { useMay } from "../../api/session";
import { PermissionsField } from "../../fields/PermissionsField";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { useScreen } from "../../theme/screen";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { RoleMatrix } from "./RoleMatrix";
import "./roles.css";

/** A new role sees every field: what is to be withheld from it is taken off on purpose. */
const NEW_ROLE: RoleInput = { name_zh: "", name_en: "", permissions: ["fields:people:read", "fields:parties:read", "fields:measured:read"] };

function RoleActions({ role, onEdit }: { role: Role; onEdit: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const name = named(language, role.name_zh, role.name_en);
  const remove = () =>
    modal.confirm({
      title: t("roles.deleteTitle", { name }),
      content: t("roles.deleteText"),
      okText: t("list.delete"),
      okButtonProps: { danger: true },
      cancelText: t("list.cancel"),
      onOk: async () => {
        try {
          await unwrap(client.DELETE("/api/v1/roles/{role_id}", { params: { path: { role_id: role.id } } }));
          void message.success(t("list.deleted"));
          await cache.invalidateQueries({ queryKey: ["roles"] });
        } catch (error) {
          report(error);
        }
      },
    });
  return (
    <span className="row-actions">
      <Button size="small" type="text" icon={<EditOutlined />} onClick={onEdit} aria-label={t("roles.edit", { name })} title={t("list.edit")} />
      <Button size="small" type="text" icon={<DeleteOutlined />} onClick={remove} aria-label={t("roles.deleteTitle", { name })} title={t("list.delete")} />
    </span>
  );
}

function RoleCards({ roles, actions }: { roles: readonly Role[]; actions: ((role: Role) => React.ReactNode) | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="cards">
      {roles.map((role) => (
        <li key={role.id} className="panel">
          <Flex justify="space-between" align="center">
            <strong>{named(language, role.name_zh, role.name_en)}</strong>
            {actions?.(role)}
          </Flex>
          <Flex gap={16} className="muted">
            <span>{t("roles.people", { n: role.people })}</span>
            <span>{t("roles.permissionCount", { n: role.permissions.length })}</span>
          </Flex>
        </li>
      ))}
    </ul>
  );
}

/** Roles as columns against permissions as rows. */
export default function RolesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const cache = useQueryClient();
  const phone = useScreen() === "phone";
  const [edited, setEdited] = useState<Role | "new" | null>(null);
  const query = useRolesQuery();
  const groups = usePermissionGroups();
  const writes = may("tenancy:role:write");
  const existing = edited === "new" ? null : edited;
  const roles = query.data?.rows;

  const fields: FormField[] = [
    { kind: "text", name: "name_zh", label: t("roles.field.nameZh"), required: true, max: 100 },
    { kind: "text", name: "name_en", label: t("roles.field.nameEn"), required: true, max: 100 },
    { kind: "custom", name: "permissions", label: t("roles.field.permissions"), control: <PermissionsField /> },
  ];
  const save = async ({ name_zh, name_en, permissions }: RoleInput) => {
    const body = { name_zh, name_en, permissions };
    if (existing) await unwrap(client.PATCH("/api/v1/roles/{role_id}", { params: { path: { role_id: existing.id } }, body }));
    else await unwrap(client.POST("/api/v1/roles", { body }));
    await cache.invalidateQueries({ queryKey: ["roles"] });
  };
  const actions = writes ? (role: Role) => <RoleActions role={role} onEdit={() => setEdited(role)} /> : undefined;

  return (
    <div className="page">
      <PageHead title={t("roles.title")} text={t("roles.text")}>
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEdited("new")}>
            {t("roles.new")}
          </Button>
        )}
      </PageHead>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {(query.isPending || !groups) && !query.error && (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 10 }} />
        </div>
      )}
      {roles?.length === 0 && <Empty title={t("roles.emptyTitle")} text={t("roles.emptyText")} />}
      {roles && roles.length > 0 && groups && (phone ? <RoleCards roles={roles} actions={actions} /> : <RoleMatrix roles={roles} groups={groups} actions={actions} />)}
      <FormDrawer<RoleInput>
        open={edited !== null}
        title={existing ? t("roles.edit", { name: named(language, existing.name_zh, existing.name_en) }) : t("roles.new")}
        fields={fields}
        initial={existing ?? { ...NEW_ROLE, permissions: NEW_ROLE.permissions.filter(may) }}
        onSubmit={save}
        onClose={() => setEdited(null)}
        width={600}
      />
    </div>
  );
}

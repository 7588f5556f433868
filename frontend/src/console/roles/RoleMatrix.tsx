import { CheckOutlined } from "@ant-design/icons";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Role } from "../../api/contract";
import { moduleText, type PermissionGroup } from "../../api/permissions";
import { named, useLanguage } from "../../i18n/language";

interface RoleMatrixProps {
  roles: readonly Role[];
  groups: readonly PermissionGroup[];
  actions: ((role: Role) => ReactNode) | undefined;
}

/** Who may do what, at a glance. */
export function RoleMatrix({ roles, groups, actions }: RoleMatrixProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="panel matrix" role="region" aria-label={t("roles.matrix")} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{t("roles.matrix")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("roles.permission")}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <div>{named(language, role.name_zh, role.name_en)}</div>
                <small className="muted">{t("roles.people", { n: role.people })}</small>
                {actions && <div>{actions(role)}</div>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ module, permissions }) => (
            <Fragment key={module}>
              <tr className="matrix-module">
                <th scope="colgroup" colSpan={roles.length + 1}>
                  {moduleText(t, module)}
                </th>
              </tr>
              {permissions.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row">
                    {named(language, permission.zh, permission.en)} <small className="code muted">{permission.name}</small>
                  </th>
                  {roles.map((role) => (
                    <td key={role.id}>
                      {role.permissions.includes(permission.name) ? (
                        <CheckOutlined className="tone-success" aria-label={t("roles.held")} />
                      ) : (
                        <span className="visually-hidden">{t("roles.notHeld")}</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

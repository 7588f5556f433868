import { Checkbox, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import type { Permission } from "../api/contract";
import { moduleText, usePermissionGroups } from "../api/permissions";
import { named, useLanguage } from "../i18n/language";

interface PermissionsFieldProps {
  id?: string;
  value?: string[];
  onChange?: (permissions: string[]) => void;
  /** Offer only these; all where absent. */
  within?: readonly string[];
}

/** Permissions as check boxes, grouped by module; the group's own box takes all of it. */
export function PermissionsField({ id, value = [], onChange, within }: PermissionsFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const groups = usePermissionGroups();
  if (!groups) return <Skeleton active />;
  const chosen = new Set(value);
  const change = (names: readonly string[], on: boolean) => {
    const next = new Set(value);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    onChange?.([...next]);
  };
  const offered = groups
    .map(({ module, permissions }) => ({ module, permissions: permissions.filter(({ name }) => !within || within.includes(name)) }))
    .filter(({ permissions }) => permissions.length > 0);
  return (
    <div id={id} className="permissions">
      {offered.map(({ module, permissions }) => {
        const names = permissions.map(({ name }: Permission) => name);
        const held = names.filter((name) => chosen.has(name)).length;
        return (
          <fieldset key={module}>
            <legend>
              <Checkbox checked={held === names.length} indeterminate={held > 0 && held < names.length} onChange={(event) => change(names, event.target.checked)}>
                <strong>{moduleText(t, module)}</strong>
              </Checkbox>
            </legend>
            {permissions.map((permission) => (
              <Checkbox key={permission.name} checked={chosen.has(permission.name)} onChange={(event) => change([permission.name], event.target.checked)}>
                {named(language, permission.zh, permission.en)} <small className="code muted">{permission.name}</small>
              </Checkbox>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}

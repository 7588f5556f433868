import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { RoleGrant } from "../api/contract";
import { useRolesQuery } from "../api/permissions";
import { useSession } from "../api/session";
import { named, useLanguage } from "../i18n/language";

const ALL_SITES = 0;

interface RoleAtSiteProps {
  readonly value: RoleGrant;
  readonly onChange: (part: Partial<RoleGrant>) => void;
}

/** A role, and the one site it is for or all of them. */
export function RoleAtSite({ value, onChange }: RoleAtSiteProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const roles = useRolesQuery().data?.rows ?? [];
  const roleOptions = roles.map((role) => ({ value: role.id, label: named(language, role.name_zh, role.name_en) }));
  const siteOptions = [
    { value: ALL_SITES, label: t("people.allSites") },
    ...sites.map((site) => ({ value: site.id, label: named(language, site.name_zh, site.name_en, site.code) })),
  ];
  return (
    <>
      <Select className="wide" aria-label={t("people.field.role")} value={value.role_id} options={roleOptions} onChange={(role_id: number) => onChange({ role_id })} />
      <Select
        className="wide"
        aria-label={t("people.field.site")}
        value={value.site_id ?? ALL_SITES}
        options={siteOptions}
        onChange={(site: number) => onChange({ site_id: site === ALL_SITES ? null : site })}
      />
    </>
  );
}

import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { GroupRole } from "../api/contract";
import { useRolesQuery } from "../api/permissions";
import { useSession } from "../api/session";
import { named, useLanguage } from "../i18n/language";

const ALL_SITES = 0;

interface MappingsFieldProps {
  id?: string;
  value?: GroupRole[];
  onChange?: (mappings: GroupRole[]) => void;
}

/** What the groups of a sign-in service mean here: a role, for one site or for all. */
export function MappingsField({ id, value = [], onChange }: MappingsFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const roles = useRolesQuery().data?.rows ?? [];
  const roleOptions = roles.map((role) => ({ value: role.id, label: named(language, role.name_zh, role.name_en) }));
  const siteOptions = [
    { value: ALL_SITES, label: t("people.allSites") },
    ...sites.map((site) => ({ value: site.id, label: named(language, site.name_zh, site.name_en, site.code) })),
  ];
  const change = (index: number, part: Partial<GroupRole>) => onChange?.(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const first = roles[0];
  return (
    <Flex vertical gap={8} id={id}>
      {value.map((mapping, index) => (
        <Flex key={`${index} ${value.length}`} gap={8} className="mapping">
          <Input className="code" aria-label={t("providers.group")} placeholder={t("providers.group")} value={mapping.group} maxLength={300} onChange={({ target }) => change(index, { group: target.value })} />
          <Select className="wide" aria-label={t("people.field.role")} value={mapping.role_id} options={roleOptions} onChange={(role_id: number) => change(index, { role_id })} />
          <Select
            className="wide"
            aria-label={t("people.field.site")}
            value={mapping.site_id ?? ALL_SITES}
            options={siteOptions}
            onChange={(site: number) => change(index, { site_id: site === ALL_SITES ? null : site })}
          />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("providers.removeMapping")} onClick={() => onChange?.(value.filter((_, at) => at !== index))} />
        </Flex>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} disabled={!first} onClick={() => first && onChange?.([...value, { group: "", role_id: first.id, site_id: null }])}>
        {t("providers.addMapping")}
      </Button>
    </Flex>
  );
}

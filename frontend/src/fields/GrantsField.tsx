import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { RoleGrant } from "../api/contract";
import { useRolesQuery } from "../api/permissions";
import { useSession } from "../api/session";
import { named, useLanguage } from "../i18n/language";

const ALL_SITES = 0;

interface GrantsFieldProps {
  id?: string;
  value?: RoleGrant[];
  onChange?: (grants: RoleGrant[]) => void;
}

/** The roles a person holds, each for one site or for all. */
export function GrantsField({ id, value = [], onChange }: GrantsFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const roles = useRolesQuery().data?.rows ?? [];
  const roleOptions = roles.map((role) => ({ value: role.id, label: named(language, role.name_zh, role.name_en) }));
  const siteOptions = [
    { value: ALL_SITES, label: t("people.allSites") },
    ...sites.map((site) => ({ value: site.id, label: named(language, site.name_zh, site.name_en, site.code) })),
  ];
  const change = (index: number, part: Partial<RoleGrant>) => onChange?.(value.map((grant, at) => (at === index ? { ...grant, ...part } : grant)));
  const unused = roles.find((role) => !value.some(({ role_id }) => role_id === role.id)) ?? roles[0];
  return (
    <Flex vertical gap={8} id={id}>
      {value.map((grant, index) => (
        <Flex key={`${index} ${value.length}`} gap={8}>
          <Select
            className="wide"
            aria-label={t("people.field.role")}
            value={grant.role_id}
            options={roleOptions}
            onChange={(role_id: number) => change(index, { role_id })}
          />
          <Select
            className="wide"
            aria-label={t("people.field.site")}
            value={grant.site_id ?? ALL_SITES}
            options={siteOptions}
            onChange={(site: number) => change(index, { site_id: site === ALL_SITES ? null : site })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("people.removeRole")}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
        </Flex>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        disabled={!unused}
        onClick={() => unused && onChange?.([...value, { role_id: unused.id, site_id: null }])}
      >
        {t("people.addRole")}
      </Button>
    </Flex>
  );
}

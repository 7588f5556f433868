import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input } from "antd";
import { useTranslation } from "react-i18next";

import type { GroupRole } from "../api/contract";
import { useRolesQuery } from "../api/permissions";
import { RoleAtSite } from "./RoleAtSite";

interface MappingsFieldProps {
  id?: string;
  value?: GroupRole[];
  onChange?: (mappings: GroupRole[]) => void;
}

/** What the groups of a sign-in service mean here: a role, for one site or for all. */
export function MappingsField({ id, value = [], onChange }: MappingsFieldProps) {
  const { t } = useTranslation();
  const roles = useRolesQuery().data?.rows ?? [];
  const change = (index: number, part: Partial<GroupRole>) => onChange?.(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const first = roles[0];
  return (
    <Flex vertical gap={8} id={id}>
      {value.map((mapping, index) => (
        <Flex key={`${index} ${value.length}`} gap={8} className="mapping">
          <Input className="code" aria-label={t("providers.group")} placeholder={t("providers.group")} value={mapping.group} maxLength={300} onChange={({ target }) => change(index, { group: target.value })} />
          <RoleAtSite value={mapping} onChange={(part) => change(index, part)} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("providers.removeMapping")} onClick={() => onChange?.(value.filter((_, at) => at !== index))} />
        </Flex>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} disabled={!first} onClick={() => first && onChange?.([...value, { group: "", role_id: first.id, site_id: null }])}>
        {t("providers.addMapping")}
      </Button>
    </Flex>
  );
}

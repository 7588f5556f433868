import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";

import type { RoleGrant } from "../api/contract";
import { useRolesQuery } from "../api/permissions";
import { RoleAtSite } from "./RoleAtSite";

interface GrantsFieldProps {
  id?: string;
  value?: RoleGrant[];
  onChange?: (grants: RoleGrant[]) => void;
}

/** The roles a person holds, each for one site or for all. */
export function GrantsField({ id, value = [], onChange }: GrantsFieldProps) {
  const { t } = useTranslation();
  const roles = useRolesQuery().data?.rows ?? [];
  const change = (index: number, part: Partial<RoleGrant>) => onChange?.(value.map((grant, at) => (at === index ? { ...grant, ...part } : grant)));
  const unused = roles.find((role) => !value.some(({ role_id }) => role_id === role.id)) ?? roles[0];
  return (
    <Flex vertical gap={8} id={id}>
      {value.map((grant, index) => (
        <Flex key={`${index} ${value.length}`} gap={8}>
          <RoleAtSite value={grant} onChange={(part) => change(index, part)} />
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

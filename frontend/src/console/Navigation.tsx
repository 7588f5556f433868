import { Menu, type MenuProps } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { useSession } from "../api/session";
import { DESTINATIONS, GROUPS, destinationOf, type Destination } from "./destinations";

/** The destinations this person may open, in menu order. */
export function usePermittedDestinations(): Destination[] {
  const { permissions } = useSession();
  return useMemo(() => DESTINATIONS.filter(({ permission }) => permissions.includes(permission)), [permissions]);
}

export function NavigationMenu({ onChosen, collapsed = false }: { onChosen?: () => void; collapsed?: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const permitted = usePermittedDestinations();

  const items: MenuProps["items"] = GROUPS
    .map((group) => ({
      type: "group" as const,
      key: group,
      label: collapsed ? <span className="menu-rule" aria-hidden="true" /> : t(`shell.nav.${group}`),
      children: permitted
        .filter((destination) => destination.group === group)
        .map(({ name, path, icon }) => ({
          key: name,
          icon,
          title: t(`shell.nav.${name}`),
          label: <Link to={path}>{t(`shell.nav.${name}`)}</Link>,
        })),
    }))
    .filter((group) => group.children.length > 0);

  return (
    <nav aria-label={t("shell.mainNavigation")}>
      <Menu
        mode="inline"
        theme="dark"
        inlineCollapsed={collapsed}
        selectedKeys={[destinationOf(pathname)?.name ?? ""]}
        items={items}
        onClick={onChosen}
      />
    </nav>
  );
}

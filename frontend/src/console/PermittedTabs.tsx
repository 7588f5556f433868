import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import { useMay } from "../api/session";

export interface PermittedTab {
  key: string;
  permission: string;
  label: string;
  children: ReactNode;
}

/** The tabs that somebody may open; which one is open stands in the address (`?tab=`). */
export function PermittedTabs({ tabs }: { tabs: readonly PermittedTab[] }) {
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const shown = tabs.filter(({ permission }) => may(permission));
  return (
    <Tabs
      activeKey={search.get("tab") ?? shown[0]?.key ?? ""}
      onChange={(tab) => setSearch(new URLSearchParams({ tab }), { replace: true })}
      destroyOnHidden
      items={shown.map(({ key, label, children }) => ({ key, label, children }))}
    />
  );
}

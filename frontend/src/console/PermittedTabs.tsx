import { Select, Tabs } from "antd";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import { useMay } from "../api/session";
import { useScreen } from "../theme/screen";

export interface PermittedTab {
  key: string;
  permission: string;
  label: string;
  children: ReactNode;
}

const MOST_ON_PHONE = 4;

/** The tabs that somebody may open; which one is open stands in the address (`?tab=`). */
export function PermittedTabs({ tabs }: { tabs: readonly PermittedTab[] }) {
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const shown = tabs.filter(({ permission }) => may(permission));
  const phone = useScreen() === "phone";
  const open = search.get("tab") ?? shown[0]?.key ?? "";
  const go = (tab: string) => setSearch(new URLSearchParams({ tab }), { replace: true });
  // more than a phone is wide would hide behind a button that says nothing
  if (phone && shown.length > MOST_ON_PHONE)
    return (
      <>
        <Select className="wide tabs-select" aria-label={shown.find(({ key }) => key === open)?.label} value={open} onChange={go} options={shown.map(({ key, label }) => ({ value: key, label }))} />
        {shown.find(({ key }) => key === open)?.children}
      </>
    );
  return (
    <Tabs
      activeKey={open}
      onChange={go}
      destroyOnHidden
      items={shown.map(({ key, label, children }) => ({ key, label, children }))}
    />
  );
}

import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useMay } from "../../api/session";
import { PageHead } from "../PageHead";
import { PolicyForm } from "./PolicyForm";
import { RightsList } from "./RightsList";
import { SignInsList } from "./SignInsList";

/** The rules of signing in, who did, and who may do what. */
export default function SecurityPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const tabs = [
    { key: "policy", permission: "tenancy:policy:read", label: t("security.tab.policy"), children: <PolicyForm /> },
    { key: "sign-ins", permission: "tenancy:sign_in:read", label: t("security.tab.signIns"), children: <SignInsList /> },
    { key: "rights", permission: "tenancy:role:read", label: t("security.tab.rights"), children: <RightsList /> },
  ].filter(({ permission }) => may(permission));
  return (
    <div className="page">
      <PageHead title={t("security.title")} text={t("security.text")} />
      <Tabs
        activeKey={search.get("tab") ?? tabs[0]?.key ?? ""}
        onChange={(tab) => setSearch(new URLSearchParams({ tab }), { replace: true })}
        destroyOnHidden
        items={tabs.map(({ key, label, children }) => ({ key, label, children }))}
      />
    </div>
  );
}

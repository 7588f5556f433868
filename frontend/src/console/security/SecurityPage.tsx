import { useTranslation } from "react-i18next";

import { PageHead } from "../PageHead";
import { PermittedTabs } from "../PermittedTabs";
import { DutiesPanel } from "./DutiesPanel";
import { PolicyForm } from "./PolicyForm";
import { ProvidersList } from "./ProvidersList";
import { RightsList } from "./RightsList";
import { SignInsList } from "./SignInsList";

/** The rules of signing in, who did, and who may do what. */
export default function SecurityPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t("security.title")} text={t("security.text")} />
      <PermittedTabs
        tabs={[
          { key: "policy", permission: "tenancy:policy:read", label: t("security.tab.policy"), children: <PolicyForm /> },
          { key: "providers", permission: "tenancy:provider:read", label: t("security.tab.providers"), children: <ProvidersList /> },
          { key: "duties", permission: "tenancy:policy:read", label: t("security.tab.duties"), children: <DutiesPanel /> },
          { key: "sign-ins", permission: "tenancy:sign_in:read", label: t("security.tab.signIns"), children: <SignInsList /> },
          { key: "rights", permission: "tenancy:role:read", label: t("security.tab.rights"), children: <RightsList /> },
        ]}
      />
    </div>
  );
}

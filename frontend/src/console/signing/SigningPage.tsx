import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useMay } from "../../api/session";
import { PageHead } from "../PageHead";
import { ApprovalRules } from "./ApprovalRules";
import { ApprovalsList } from "./ApprovalsList";
import { SignaturesList } from "./SignaturesList";

/** What waits for a second person, what was signed, and what needs two persons. */
export default function SigningPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const tabs = [
    { key: "approvals", permission: "compliance:approval:read", label: t("signing.tab.approvals"), children: <ApprovalsList /> },
    { key: "signatures", permission: "compliance:signature:read", label: t("signing.tab.signatures"), children: <SignaturesList /> },
    { key: "rules", permission: "compliance:approval:configure", label: t("signing.tab.rules"), children: <ApprovalRules /> },
  ].filter(({ permission }) => may(permission));
  return (
    <div className="page">
      <PageHead title={t("signing.title")} text={t("signing.text")} />
      <Tabs
        activeKey={search.get("tab") ?? tabs[0]?.key ?? ""}
        onChange={(tab) => setSearch(new URLSearchParams({ tab }), { replace: true })}
        destroyOnHidden
        items={tabs.map(({ key, label, children }) => ({ key, label, children }))}
      />
    </div>
  );
}

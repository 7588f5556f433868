import { useTranslation } from "react-i18next";

import { PageHead } from "../PageHead";
import { PermittedTabs } from "../PermittedTabs";
import { ApprovalRules } from "./ApprovalRules";
import { ApprovalsList } from "./ApprovalsList";
import { SignaturesList } from "./SignaturesList";

/** What waits for a second person, what was signed, and what needs two persons. */
export default function SigningPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t("signing.title")} text={t("signing.text")} />
      <PermittedTabs
        tabs={[
          { key: "approvals", permission: "compliance:approval:read", label: t("signing.tab.approvals"), children: <ApprovalsList /> },
          { key: "signatures", permission: "compliance:signature:read", label: t("signing.tab.signatures"), children: <SignaturesList /> },
          { key: "rules", permission: "compliance:approval:configure", label: t("signing.tab.rules"), children: <ApprovalRules /> },
        ]}
      />
    </div>
  );
}

import { useTranslation } from "react-i18next";

import "../../i18n/alerts";
import { PageHead } from "../PageHead";
import { PermittedTabs } from "../PermittedTabs";
import { AlertsList } from "./AlertsList";
import { MailsList } from "./MailsList";

/** What somebody responsible should look at, and the mail that told of it. */
export default function AlertsPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t("alerts.title")} text={t("alerts.text")} />
      <PermittedTabs
        tabs={[
          { key: "alerts", permission: "compliance:alert:read", label: t("alerts.tab.alerts"), children: <AlertsList /> },
          { key: "mails", permission: "tenancy:policy:read", label: t("alerts.tab.mails"), children: <MailsList /> },
        ]}
      />
    </div>
  );
}

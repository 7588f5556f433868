import { useTranslation } from "react-i18next";

import "../../i18n/retention";
import { PageHead } from "../PageHead";
import { PermittedTabs } from "../PermittedTabs";
import { Holds } from "./Holds";
import { Removals } from "./Removals";
import { Rules } from "./Rules";

const READ = "compliance:retention:read";

/** How long records are kept, what must not be removed, and what was. */
export default function RetentionPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t("retention.title")} text={t("retention.text")} />
      <PermittedTabs
        tabs={[
          { key: "rules", permission: READ, label: t("retention.tab.rules"), children: <Rules /> },
          { key: "holds", permission: READ, label: t("retention.tab.holds"), children: <Holds /> },
          { key: "removals", permission: READ, label: t("retention.tab.removals"), children: <Removals /> },
        ]}
      />
    </div>
  );
}

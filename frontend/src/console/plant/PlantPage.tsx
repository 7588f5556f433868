import { useTranslation } from "react-i18next";

import "../../i18n/plant";
import { ImportLink } from "../imports/ImportLink";
import { PageHead } from "../PageHead";
import { PermittedTabs } from "../PermittedTabs";
import { ChecksTab } from "./ChecksTab";
import "./plant.css";
import { QualificationsTab } from "./QualificationsTab";
import { ShiftsTab } from "./ShiftsTab";
import { TeamsTab } from "./TeamsTab";
import { ToolsTab } from "./ToolsTab";
import { TreeTab } from "./TreeTab";

const READ = "production:plant:read";

/** What the plant is made of, who can do what, and when it works. */
export default function PlantPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t("plant.title")} text={t("plant.text")}>
        <ImportLink into="master.equipment" right="production:plant:write" />
      </PageHead>
      <PermittedTabs
        tabs={[
          { key: "tree", permission: READ, label: t("plant.tab.tree"), children: <TreeTab /> },
          { key: "tools", permission: READ, label: t("plant.tab.tools"), children: <ToolsTab /> },
          { key: "qualifications", permission: READ, label: t("plant.tab.qualifications"), children: <QualificationsTab /> },
          { key: "teams", permission: READ, label: t("plant.tab.teams"), children: <TeamsTab /> },
          { key: "shifts", permission: READ, label: t("plant.tab.shifts"), children: <ShiftsTab /> },
          { key: "checks", permission: READ, label: t("plant.tab.checks"), children: <ChecksTab /> },
        ]}
      />
    </div>
  );
}

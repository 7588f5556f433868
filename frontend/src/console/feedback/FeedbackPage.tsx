import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import "../../i18n/feedback";
import { useMay } from "../../api/session";
import { PageHead } from "../PageHead";
import { AllFeedback } from "./AllFeedback";
import "./feedback.css";
import { OwnFeedback } from "./OwnFeedback";

/** Feedback: everybody's for those who read it, one's own for everybody. */
export default function FeedbackPage() {
  const { t } = useTranslation();
  const reads = useMay()("portal:feedback:read");
  const [search, setSearch] = useSearchParams();
  if (!reads)
    return (
      <div className="page">
        <PageHead title={t("feedback.ownTitle")} />
        <OwnFeedback />
      </div>
    );
  return (
    <div className="page">
      <PageHead title={t("feedback.title")} text={t("feedback.text")} />
      <Tabs
        activeKey={search.get("tab") === "own" ? "own" : "all"}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: "all", label: t("feedback.tab.all"), children: <AllFeedback /> },
          { key: "own", label: t("feedback.tab.own"), children: <OwnFeedback /> },
        ]}
      />
    </div>
  );
}

import { BookOutlined, CloseOutlined, CommentOutlined, CompassOutlined, MessageOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Badge, Button, Dropdown } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import { useSession } from "../../api/session";
import { useScreen } from "../../theme/screen";
import { useSeenTours } from "../tour/seen";
import { type TourName, tourOf } from "../tour/tours";
import { helpFor } from "./chapters";

const FeedbackForm = lazy(() => import("../feedback/FeedbackForm"));
const PageTour = lazy(() => import("../tour/PageTour"));

/** The "?" of every page: its chapter of the manual, its tour, and a word about it. A tour is offered, never begun by itself. */
export default function HelpMenu() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const { user } = useSession();
  const { seen, note } = useSeenTours();
  const [speaking, setSpeaking] = useState(false);
  const [touring, setTouring] = useState<TourName | null>(null);
  const tour = tourOf(pathname);
  const mark = `${user.id}:${tour ?? ""}`;
  const fresh = tour !== null && !seen.includes(mark);
  const wide = useScreen() === "desktop";
  const begin = () => {
    note(mark);
    setTouring(tour);
  };
  return (
    <>
      {fresh && wide && (
        <span className="tour-offer">
          <Button size="small" type="link" onClick={begin}>
            {t("shell.help.tour")}
          </Button>
          <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t("shell.help.noTour")} onClick={() => note(mark)} />
        </span>
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "page", icon: <QuestionCircleOutlined />, label: t("shell.help.page") },
            ...(tour ? [{ key: "tour", icon: <CompassOutlined />, label: t("shell.help.tour") }] : []),
            { key: "all", icon: <BookOutlined />, label: t("shell.help.all") },
            { type: "divider" as const },
            { key: "feedback", icon: <MessageOutlined />, label: t("shell.help.feedback") },
            { key: "own", icon: <CommentOutlined />, label: t("shell.help.own") },
          ],
          onClick: ({ key }) => {
            if (key === "page") void navigate(helpFor(pathname));
            if (key === "all") void navigate("/help");
            if (key === "own") void navigate("/feedback?tab=own");
            if (key === "feedback") setSpeaking(true);
            if (key === "tour") begin();
          },
        }}
      >
        <Badge dot={fresh && !wide} offset={[-8, 8]}>
          <Button type="text" data-tour="help" icon={<QuestionCircleOutlined />} aria-label={t("shell.help.help")} />
        </Badge>
      </Dropdown>
      <Suspense>
        {speaking && <FeedbackForm onClose={() => setSpeaking(false)} />}
        {touring && touring === tour && <PageTour key={touring} name={touring} onEnd={() => setTouring(null)} />}
      </Suspense>
    </>
  );
}

import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

/** The three pages about labels, as one place. */
export function LabelTabs() {
  const { t } = useTranslation();
  return (
    <nav className="label-tabs" aria-label={t("labels.title")}>
      <NavLink to="/labels" end>
        {t("labels.gallery")}
      </NavLink>
      <NavLink to="/labels/jobs">{t("labels.log")}</NavLink>
      <NavLink to="/labels/printers">{t("labels.printers")}</NavLink>
    </nav>
  );
}

import { EyeInvisibleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { useWithheldGroups } from "../api/withheld";
import { useLanguage } from "../i18n/language";

/** Stands where something is that the reader may not see, so that nobody takes it for nothing. */
export function Withheld() {
  const { t } = useTranslation();
  return <span className="muted">{t("withheld.value")}</span>;
}

/** Says, over every page, what is blank on it for want of a right; nothing for who sees everything. */
export function WithheldNote() {
  const { t } = useTranslation();
  const language = useLanguage();
  const groups = useWithheldGroups();
  if (groups.length === 0) return null;
  const named = groups.map((group) => t(`withheld.group.${group}`)).join(language === "zh" ? "、" : ", ");
  return (
    <p className="withheld-note muted" role="note">
      <EyeInvisibleOutlined aria-hidden /> {t("withheld.note", { groups: named })}
    </p>
  );
}

import { CloseCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

function ClearIcon() {
  const { t } = useTranslation();
  return <CloseCircleFilled aria-label={t("list.clear")} />;
}

/** For the `allowClear` of a text input: its button has nothing but an icon, so the icon is named. */
export const CLEARABLE = { clearIcon: <ClearIcon /> };

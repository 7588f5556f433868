import { InfoCircleOutlined } from "@ant-design/icons";
import { Popover } from "antd";
import { useTranslation } from "react-i18next";

import "../i18n/fieldHelp";
import type texts from "../i18n/zh/fieldHelp";
import "./fieldHelp.css";

/** Every field that has a help, by the form it stands in. */
export type FieldHelpName = keyof typeof texts.of;

/** A sentence about a field, beside its label: shown by pointer, finger, and keyboard (Enter). */
export function FieldHelp({ of }: { of: FieldHelpName }) {
  const { t } = useTranslation();
  return (
    <Popover trigger={["hover", "click"]} content={<p className="field-help-text" role="note">{t(`fieldHelp.of.${of}`)}</p>}>
      <button type="button" className="field-help" data-field-help={of} aria-label={t("fieldHelp.about")}>
        <InfoCircleOutlined aria-hidden />
      </button>
    </Popover>
  );
}

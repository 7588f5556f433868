import { Alert, Flex, Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { LogVerification } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";

function Findings({ verification }: { verification: LogVerification }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rest = verification.finding_count - verification.findings.length;
  return (
    <Flex vertical gap={8}>
      <span>{t("integrity.finding.todo")}</span>
      <table className="small-table" aria-label={t("integrity.finding.list")}>
        <thead>
          <tr>
            <th scope="col">{t("integrity.finding.level")}</th>
            <th scope="col">{t("integrity.finding.place")}</th>
            <th scope="col">{t("integrity.finding.what")}</th>
          </tr>
        </thead>
        <tbody>
          {verification.findings.slice(0, 100).map((each) => (
            <tr key={`${each.code} ${each.place}`}>
              <td>
                <Tag color={each.level === "tampered" ? "error" : "warning"}>{t(each.level === "tampered" ? "integrity.finding.tampered" : "integrity.finding.suspicious")}</Tag>
              </td>
              <td className="code">{each.place}</td>
              <td>{named(language, each.title_zh, each.title_en, each.code)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <span className="muted">{t("integrity.finding.more", { count: rest })}</span>}
    </Flex>
  );
}

/** What the last verification says, first of all on the page. */
export function VerdictPanel({ verification }: { verification: LogVerification | null }) {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  if (!verification) return <Alert type="info" showIcon title={t("integrity.never")} description={t("integrity.neverText")} />;
  const seconds = (Date.parse(verification.finished) - Date.parse(verification.started)) / 1000;
  const checked = t("integrity.checked", {
    when: dateTime(verification.finished),
    records: number(verification.records),
    checkpoints: number(verification.checkpoints),
    seconds: number(seconds, 1),
  });
  if (verification.sound) return <Alert type="success" showIcon title={t("integrity.sound")} description={checked} />;
  return (
    <Alert
      type="error"
      showIcon
      title={t("integrity.unsound", { count: verification.finding_count })}
      description={
        <Flex vertical gap={8}>
          <span>{checked}</span>
          <Findings verification={verification} />
        </Flex>
      }
    />
  );
}

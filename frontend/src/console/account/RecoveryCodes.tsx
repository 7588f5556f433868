import { Alert, Button, Flex } from "antd";
import { useTranslation } from "react-i18next";

/** Recovery codes, for the only time. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const text = codes.join("\n");
  const save = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
  return (
    <Flex vertical gap={16}>
      <Alert type="warning" showIcon title={t("account.proof.codesOnce")} description={t("account.proof.codesHelp")} />
      <ul className="recovery-codes code">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Flex gap={8} wrap>
        <Button href={save} download="suyuan-recovery-codes.txt">
          {t("account.proof.save")}
        </Button>
        <Button onClick={() => void navigator.clipboard.writeText(text)}>{t("account.proof.copy")}</Button>
        <Button type="primary" onClick={onDone}>
          {t("account.proof.kept")}
        </Button>
      </Flex>
    </Flex>
  );
}

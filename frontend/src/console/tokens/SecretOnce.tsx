import { Alert, Button, Flex, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

import type { TokenMade } from "../../api/contract";

/** The secret of a new token, for the only time. It closes by its button alone, so that no stray click loses it. */
export function SecretOnce({ made, onDone }: { made: TokenMade | null; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={made !== null}
      title={t("tokens.secret.title")}
      closable={false}
      keyboard={false}
      // a closed dialog would otherwise keep the secret in the page
      destroyOnHidden
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onDone}>
          {t("tokens.secret.done")}
        </Button>
      }
    >
      {made && (
        <Flex vertical gap={12}>
          <Alert type="warning" showIcon title={t("tokens.secret.warning")} />
          <Typography.Paragraph code copyable={{ text: made.secret }} className="secret" aria-label={t("tokens.secret.label")}>
            {made.secret}
          </Typography.Paragraph>
          <span>{t("tokens.secret.use")}</span>
          <Typography.Text code className="code">
            {`Authorization: Bearer ${made.secret.slice(0, 7)}…`}
          </Typography.Text>
        </Flex>
      )}
    </Modal>
  );
}

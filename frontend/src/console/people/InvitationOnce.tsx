import { Alert, Button, Flex, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

import type { InvitationMade } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import "../../i18n/invitation";
import "./people.css";

function Link({ link, svg }: { link: string; svg: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert type="warning" showIcon title={t("invitation.once")} />
      <Flex className="invitation-link" gap={16} align="center">
        <figure>
          <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} alt="" width={160} height={160} />
          <figcaption className="muted">{t("invitation.scan")}</figcaption>
        </figure>
        <Typography.Paragraph code copyable={{ text: link }} className="secret" aria-label={t("invitation.label")}>
          {link}
        </Typography.Paragraph>
      </Flex>
    </>
  );
}

/** What became of an invitation: mailed, or shown for the only time. It closes by its button alone, so that no stray click loses it. */
export function InvitationOnce({ made, name, onDone }: { made: InvitationMade | null; name: string; onDone: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Modal
      open={made !== null}
      title={t("invitation.made", { name })}
      closable={false}
      keyboard={false}
      // a closed dialog would otherwise keep the link in the page
      destroyOnHidden
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onDone}>
          {made?.link ? t("invitation.done") : t("invitation.close")}
        </Button>
      }
    >
      {made && (
        <Flex vertical gap={12}>
          {made.link && made.svg ? (
            <Link link={made.link} svg={made.svg} />
          ) : (
            <Alert type="success" showIcon title={t("invitation.mailed", { address: made.mailed_to ?? "" })} />
          )}
          <span>{t("invitation.holds", { time: formats.dateTime(made.expires) })}</span>
        </Flex>
      )}
    </Modal>
  );
}

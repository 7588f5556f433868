import { FileTextOutlined } from "@ant-design/icons";
import { Image } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormats } from "../../i18n/format";
import type { EventAttachment } from "./attachments";

const addressOf = ({ sha256 }: EventAttachment): string => `/api/v1/capture/attachments/${sha256}`;

function Sound({ each, label }: { each: EventAttachment; label: string }) {
  return <audio controls preload="none" src={addressOf(each)} aria-label={label} />;
}

/** A picture, or, where there is none any more, why. */
function Picture({ each, label }: { each: EventAttachment; label: string }) {
  const { t } = useTranslation();
  const [gone, setGone] = useState(false);
  if (gone) return <p className="muted">{t("events.drawer.attachmentGone")}</p>;
  return <Image src={addressOf(each)} alt={label} height={120} loading="lazy" preview={{ mask: t("events.drawer.enlarge") }} onError={() => setGone(true)} />;
}

/** Photos, signatures, voice notes and files of an event; the digest under each is part of the tamper-evident record. */
export function EventAttachments({ attachments }: { attachments: readonly EventAttachment[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <section>
      <h2>{t("events.drawer.attachments", { n: attachments.length })}</h2>
      <ul className="event-attachments">
        {attachments.map((each, at) => {
          const label = each.name || t("events.drawer.attachment", { field: each.field, n: at + 1 });
          return (
            <li key={`${each.sha256} ${at}`}>
              {each.type.startsWith("image/") && <Picture each={each} label={label} />}
              {each.type.startsWith("audio/") && <Sound each={each} label={label} />}
              <a href={addressOf(each)} download={each.name || true}>
                <FileTextOutlined aria-hidden /> {label}
              </a>
              <small className="muted num">
                {t("events.drawer.size", { kb: formats.number(Math.max(1, Math.round(each.size / 1024))) })} <span className="code" title={each.sha256}>{each.sha256.slice(0, 12)}</span>
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

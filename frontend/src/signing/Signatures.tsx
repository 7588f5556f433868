import { EditOutlined } from "@ant-design/icons";
import { App, Button, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Json, Signature } from "../api/contract";
import { useMay } from "../api/session";
import { useFormats } from "../i18n/format";
import { MEANINGS, SignDialog } from "./SignDialog";
import { useRecordToSign, useSign, useSignatures } from "./useSigning";

export function StateTag({ state }: { state: Signature["state"] }) {
  const { t } = useTranslation();
  return (
    <Tooltip title={t(`signing.stateHelp.${state}`)}>
      <Tag color={state === "valid" ? "success" : "error"}>{t(`signing.state.${state}`)}</Tag>
    </Tooltip>
  );
}

interface Signable {
  kind: string;
  subject: string;
}

function SignRecord({ kind, subject, onClose }: Signable & { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const { data } = useRecordToSign(kind, subject, true);
  const sign = useSign(kind, subject);
  const record = data ? { title: i18n.language === "en" ? data.title_en : data.title_zh, content: data.content as Json } : null;
  return (
    <SignDialog
      title={t("signing.dialog.title")}
      record={record}
      meanings={MEANINGS}
      onClose={onClose}
      onSign={async (signed) => {
        await sign(data?.digest ?? "", signed);
        void message.success(t("signing.dialog.done"));
      }}
    />
  );
}

/** A button that signs one record. */
export function SignButton({ kind, subject }: Signable) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may("compliance:signature:write") || !may("compliance:signature:read")) return null;
  return (
    <>
      <Button size="small" icon={<EditOutlined />} onClick={() => setOpen(true)}>
        {t("signing.sign")}
      </Button>
      {open && <SignRecord kind={kind} subject={subject} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Who signed one record, meaning what, whether that still holds; and a button to sign it. */
export function Signatures({ kind, subject }: Signable) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const may = useMay();
  const reads = may("compliance:signature:read");
  const { data } = useSignatures(kind, subject, reads);
  if (!reads) return null;
  return (
    <section aria-label={t("signing.under")}>
      <h2>{t("signing.under")}</h2>
      {data && data.length > 0 && (
        <ul className="sign-marks">
          {data.map((each) => (
            <li key={each.id}>
              <strong>{t(`signing.meaning.${each.meaning}`)}</strong>
              <span>{t("signing.by", { name: each.signer, login: each.login })}</span>
              <span className="muted">{dateTime(each.at)}</span>
              <StateTag state={each.state} />
              {each.note && <span>{each.note}</span>}
            </li>
          ))}
        </ul>
      )}
      <p>
        <SignButton kind={kind} subject={subject} />
      </p>
    </section>
  );
}

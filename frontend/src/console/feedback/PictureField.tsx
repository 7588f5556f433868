import { PictureOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { redrawn } from "../../pda/media/picture";

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => (typeof reader.result === "string" ? resolve(reader.result) : reject(new Error("picture")));
    reader.onerror = () => reject(new Error("picture"));
    reader.readAsDataURL(blob);
  });
}

/** One picture, pasted or chosen, made small on the device; its value is a data URL. */
export function PictureField({ value, onChange }: { value?: string | null; onChange?: (picture: string | null) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [unreadable, setUnreadable] = useState(false);
  const take = useCallback(
    (file: Blob | null | undefined) => {
      if (!file) return;
      redrawn(file)
        .then(dataUrl)
        .then((picture) => {
          setUnreadable(false);
          onChange?.(picture);
        })
        .catch(() => setUnreadable(true));
    },
    [onChange],
  );
  useEffect(() => {
    const paste = (event: ClipboardEvent) => take([...(event.clipboardData?.items ?? [])].find(({ type }) => type.startsWith("image/"))?.getAsFile());
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [take]);
  return (
    <div className="feedback-picture">
      {value && <img src={value} alt={t("feedback.form.shown")} />}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        hidden
        aria-label={t("feedback.form.choose")}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // the same file again is a choice too
          event.target.value = "";
        }}
      />
      <div className="feedback-picture-actions">
        <Button icon={<PictureOutlined />} onClick={() => input.current?.click()}>
          {t("feedback.form.choose")}
        </Button>
        {value && <Button onClick={() => onChange?.(null)}>{t("feedback.form.remove")}</Button>}
      </div>
      {unreadable && <p role="alert">{t("feedback.form.unreadable")}</p>}
    </div>
  );
}

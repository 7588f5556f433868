import { UploadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

const LARGEST = 1_000_000;

/** Choose a picture from this device; it travels inside the label. */
export function PictureInput({ label, disabled, onSet }: { label: string; disabled: boolean; onSet: (data: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const choose = (file: File | undefined) => {
    if (!file) return;
    if (file.size > LARGEST) {
      void message.error(t("labels.pictureTooLarge"));
      return;
    }
    const reader = new FileReader();
    reader.onload = () => typeof reader.result === "string" && onSet(reader.result);
    reader.readAsDataURL(file);
  };
  return (
    <div className="label-row">
      <span>{label}</span>
      <input ref={input} type="file" accept="image/png,image/jpeg" hidden aria-label={label} onChange={(event) => choose(event.target.files?.[0])} />
      <Button size="small" icon={<UploadOutlined />} disabled={disabled} onClick={() => input.current?.click()}>
        {t("labels.choosePicture")}
      </Button>
    </div>
  );
}

import { DesktopOutlined, ShrinkOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

/** Whether the page is on the wall, and how to put it there. */
export function useTv(): [boolean, (on: boolean) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (on: boolean) =>
      setParameters((before) => {
        const next = new URLSearchParams(before);
        if (on) next.set("tv", "1");
        else next.delete("tv");
        return next;
      }),
    [setParameters],
  );
  return [parameters.get("tv") === "1", set];
}

export function TvButton() {
  const { t } = useTranslation();
  const [tv, setTv] = useTv();
  const label = tv ? t("floor.tv.leave") : t("floor.tv.enter");
  return (
    <Button icon={tv ? <ShrinkOutlined /> : <DesktopOutlined />} type={tv ? "text" : "default"} onClick={() => setTv(!tv)} aria-label={label} title={label}>
      {tv ? null : t("floor.tv.enter")}
    </Button>
  );
}

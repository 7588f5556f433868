import { DesktopOutlined, ShrinkOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useFormats } from "../../i18n/format";

const TICK_MS = 5_000;

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

/** What time it is: whoever looks up at a board compares the ages on it with it. */
function Clock() {
  const { time } = useFormats();
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const ticking = setInterval(() => setNow(new Date().toISOString()), TICK_MS);
    return () => clearInterval(ticking);
  }, []);
  return <strong className="num tv-clock">{time(now).slice(0, 5)}</strong>;
}

export function TvButton() {
  const { t } = useTranslation();
  const [tv, setTv] = useTv();
  const label = tv ? t("floor.tv.leave") : t("floor.tv.enter");
  const button = (
    <Button icon={tv ? <ShrinkOutlined /> : <DesktopOutlined />} type={tv ? "text" : "default"} onClick={() => setTv(!tv)} aria-label={label} title={label}>
      {tv ? null : t("floor.tv.enter")}
    </Button>
  );
  if (!tv) return button;
  return (
    <>
      <Clock />
      {button}
    </>
  );
}

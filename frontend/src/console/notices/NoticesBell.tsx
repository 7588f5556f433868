import { BellOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Badge, Button, Drawer, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { followLive } from "../../api/live";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import "./notices.css";

const LOOK_AGAIN_MS = 60_000;
const SHOWN_ALERTS = 5;
const ALERT_TONE = { critical: "error", warning: "warning", notice: "default" } as const;

/** Security alerts that nobody has handled, for those who may see them. */
function useOpenAlerts() {
  const sees = useMay()("compliance:alert:read");
  return useQuery({
    queryKey: ["alerts", "open"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/security/alerts", { params: { query: { handled: false, limit: SHOWN_ALERTS } }, signal })),
    refetchInterval: LOOK_AGAIN_MS,
    enabled: sees,
  }).data;
}

function OpenAlerts({ alerts, onLeave }: { alerts: NonNullable<ReturnType<typeof useOpenAlerts>>; onLeave: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dateTime } = useFormats();
  if (alerts.open === 0) return null;
  return (
    <section className="notices-alerts" aria-labelledby="notices-alerts">
      <h3 id="notices-alerts">{t("shell.notices.alerts", { count: alerts.open })}</h3>
      <ol className="notices">
        {alerts.rows.map((row) => (
          <li key={row.id} className="unread">
            <p>
              <Tag color={ALERT_TONE[row.level]}>{named(language, row.title_zh, row.title_en)}</Tag>
            </p>
            <p>{row.text}</p>
            <small className="muted num">{dateTime(row.at)}</small>
          </li>
        ))}
      </ol>
      <Link to="/alerts?handled=false" onClick={onLeave}>
        {t("shell.notices.allAlerts")}
      </Link>
      <h3>{t("shell.notices.messages")}</h3>
    </section>
  );
}

/** One's messages from trace nodes; opening them makes them read. */
export function NoticesBell() {
  const { t } = useTranslation();
  const formats = useFormats();
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  const query = useQuery({ queryKey: ["notices"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/notices", { signal })), refetchInterval: LOOK_AGAIN_MS });
  // a call cannot wait for the next look
  useEffect(
    () => followLive({ onChanged: ({ kind }) => { if (kind === "notice" || kind === "alert") void cache.invalidateQueries({ queryKey: [`${kind}s`] }); } }),
    [cache],
  );
  const rows = query.data?.rows ?? [];
  const unread = query.data?.unread ?? 0;
  const alerts = useOpenAlerts();
  const waiting = unread + (alerts?.open ?? 0);
  const show = () => {
    setOpen(true);
    const newest = rows[0];
    if (unread > 0 && newest) void unwrap(client.POST("/api/v1/notices/read", { body: { until: newest.id } })).catch(() => undefined); // shown again as unread then
  };
  const close = () => {
    setOpen(false);
    void cache.invalidateQueries({ queryKey: ["notices"] });
  };
  return (
    <>
      <Badge count={waiting} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t("shell.notices.open", { count: waiting })} onClick={show} />
      </Badge>
      <Drawer open={open} onClose={close} title={t("shell.notices.title")} size={420}>
        {alerts && <OpenAlerts alerts={alerts} onLeave={close} />}
        {rows.length === 0 && <p className="muted">{t("shell.notices.none")}</p>}
        <ol className="notices" aria-label={t("shell.notices.title")}>
          {rows.map((row) => (
            <li key={row.id} className={row.read ? "" : "unread"}>
              <p>{row.text}</p>
              <small className="muted">
                <span className="num">{formats.dateTime(row.created)}</span>
                {row.link !== null && (
                  <Link to={row.link} onClick={close}>
                    {t("shell.notices.page")}
                  </Link>
                )}
                {row.event !== null && (
                  <Link to={`/events?event=${row.event}`} onClick={close}>
                    {t("shell.notices.event")}
                  </Link>
                )}
              </small>
            </li>
          ))}
        </ol>
      </Drawer>
    </>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { reach } from "../api/client";
import { useConnection } from "../api/connection";

const RETRY_MS = 5_000;

function ping(): void {
  // the answer reports itself to useConnection, a failure too
  void reach("/api/v1/session", { credentials: "same-origin" }).catch(() => undefined);
}

/** Says that the server is away, asks again every few seconds, and refreshes the page's data when it is back. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const reachable = useConnection((state) => state.reachable);
  const cache = useQueryClient();
  const wasAway = useRef(false);

  useEffect(() => {
    if (reachable) {
      if (wasAway.current) void cache.refetchQueries({ type: "active" });
      wasAway.current = false;
      return undefined;
    }
    wasAway.current = true;
    const timer = setInterval(ping, RETRY_MS);
    return () => clearInterval(timer);
  }, [reachable, cache]);

  if (reachable) return null;
  return (
    <Alert
      banner
      type="warning"
      role="status"
      title={t("shell.offline.title")}
      description={t("shell.offline.text")}
      action={<Button onClick={ping}>{t("shell.offline.retry")}</Button>}
    />
  );
}

import { App, Button, Tag, Typography } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { LogKey } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { useReportProblem } from "../ProblemView";

/** The log's public keys, and the button that changes the signing one. */
export function Keys({ keys, writes }: { keys: readonly LogKey[]; writes: boolean }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const rotate = () =>
    modal.confirm({
      title: t("integrity.keys.rotateTitle"),
      content: t("integrity.keys.rotateText"),
      okText: t("integrity.keys.rotate"),
      cancelText: t("list.cancel"),
      onOk: async () => {
        try {
          await unwrap(client.POST("/api/v1/log/keys"));
          void message.success(t("integrity.keys.rotated"));
          await cache.invalidateQueries({ queryKey: ["log"] });
        } catch (error) {
          report(error);
        }
      },
    });
  return (
    <section className="integrity-section" aria-label={t("integrity.keys.title")}>
      <div className="integrity-section-head">
        <div>
          <h2>{t("integrity.keys.title")}</h2>
          <p className="muted">{t("integrity.keys.text")}</p>
        </div>
        {writes && <Button onClick={rotate}>{t("integrity.keys.rotate")}</Button>}
      </div>
      <div className="panel">
        {keys.map((key, index) => (
          <div key={key.id} className="integrity-key">
            <Typography.Paragraph className="code" copyable={{ text: key.verifier }}>
              {key.verifier}
            </Typography.Paragraph>
            <span className="muted">{t("integrity.keys.since", { date: date(key.since) })}</span>
            {index === keys.length - 1 && <Tag color="success">{t("integrity.keys.current")}</Tag>}
          </div>
        ))}
      </div>
    </section>
  );
}

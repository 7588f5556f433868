import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { named, useLanguage } from "../../i18n/language";
import { useReportProblem } from "../ProblemView";

const MAIL_KEY = ["session", "mail"];

/** Which mail one gets, and whether it arrives. */
export function MailPanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const report = useReportProblem();
  const cache = useQueryClient();
  const own = useQuery({ queryKey: MAIL_KEY, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/session/mail", { signal })) }).data;
  const choose = useMutation({
    mutationFn: (body: { topic: string; wanted: boolean }) => unwrap(client.PUT("/api/v1/session/mail", { body })),
    onSuccess: (changed) => cache.setQueryData(MAIL_KEY, changed),
    onError: report,
  });
  const trial = useMutation({
    mutationFn: () => unwrap(client.POST("/api/v1/session/mail/try")),
    onSuccess: () => void message.success(t("account.mail.tried")),
    onError: report,
  });
  if (!own) return null;
  return (
    <section className="panel">
      <h2>{t("account.mail.title")}</h2>
      <p className="muted">{!own.server ? t("account.mail.noServer") : own.address ? t("account.mail.goesTo", { address: own.address }) : t("account.mail.noAddress")}</p>
      <ul className="account-mail">
        {own.choices.map(({ topic, title_zh, title_en, wanted }) => (
          <li key={topic}>
            <label htmlFor={`mail-${topic}`}>{named(language, title_zh, title_en)}</label>
            <Switch id={`mail-${topic}`} checked={wanted} loading={choose.isPending && choose.variables.topic === topic} onChange={(chosen) => choose.mutate({ topic, wanted: chosen })} />
          </li>
        ))}
      </ul>
      {own.server && own.address && (
        <Button loading={trial.isPending} onClick={() => trial.mutate()}>
          {t("account.mail.try")}
        </Button>
      )}
    </section>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Descriptions, Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Language } from "../../api/contract";
import { asSession, SESSION_KEY, useSession } from "../../api/session";
import { changeLanguage } from "../../i18n";
import { named, useLanguage } from "../../i18n/language";
import { type Mode, useAppearance } from "../../theme/mode";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import "./account.css";
import { AuthenticatorPanel } from "./AuthenticatorPanel";
import { MailPanel } from "./MailPanel";
import { PasskeysPanel } from "./PasskeysPanel";
import { PasswordForm } from "./PasswordForm";
import { PinForm } from "./PinForm";
import { SessionsPanel } from "./SessionsPanel";

function Identity() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { user, tenant, sites } = useSession();
  return (
    <section className="panel">
      <h2>{t("account.who")}</h2>
      <Descriptions
        column={1}
        items={[
          { key: "name", label: t("account.name"), children: user.name },
          { key: "login", label: t("account.login"), children: <span className="code">{user.login}</span> },
          { key: "company", label: t("account.company"), children: tenant.name },
          { key: "sites", label: t("account.sites"), children: sites.map((site) => named(language, site.name_zh, site.name_en, site.code)).join(" · ") },
        ]}
      />
    </section>
  );
}

function Preferences() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const report = useReportProblem();
  const { mode, setMode } = useAppearance();
  const modes: Mode[] = ["auto", "light", "dark"];
  const choose = async (chosen: Language) => {
    await changeLanguage(chosen);
    try {
      cache.setQueryData(SESSION_KEY, asSession(await unwrap(client.PATCH("/api/v1/session", { body: { language: chosen } }))));
    } catch (error) {
      report(error);
    }
  };
  return (
    <section className="panel account-preferences">
      <h2 id="account-language">{t("account.language")}</h2>
      <Segmented<Language>
        aria-labelledby="account-language"
        name="account-language"
        value={language}
        onChange={(chosen) => void choose(chosen)}
        options={[
          { value: "zh", label: t("account.languageNames.zh") },
          { value: "en", label: t("account.languageNames.en") },
        ]}
      />
      <p className="muted">{t("account.languageHelp")}</p>
      <h2 id="account-appearance">{t("account.appearance")}</h2>
      <Segmented<Mode>
        aria-labelledby="account-appearance"
        name="account-appearance"
        value={mode}
        onChange={setMode}
        options={modes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
      />
    </section>
  );
}

function Permissions() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  return (
    <details className="panel">
      <summary>{t("account.permissions", { n: permissions.length })}</summary>
      <ul className="account-permissions">
        {permissions.map((name) => (
          <li key={name} className="code">
            {name}
          </li>
        ))}
      </ul>
    </details>
  );
}

export default function AccountPage() {
  const { t } = useTranslation();
  return (
    <div className="page account">
      <PageHead title={t("account.title")} text={t("account.text")} />
      <div className="account-grid">
        <Identity />
        <Preferences />
        <PasswordForm />
        <div className="account-column">
          <PasskeysPanel />
          <AuthenticatorPanel />
          <PinForm />
          <MailPanel />
          <SessionsPanel />
          <Permissions />
        </div>
      </div>
    </div>
  );
}

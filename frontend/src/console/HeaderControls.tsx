import { DesktopOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import { Avatar, Button, Dropdown, Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Language } from "../api/contract";
import { useSession, useSignOut } from "../api/session";
import { changeLanguage } from "../i18n";
import { useLanguage } from "../i18n/language";
import { type Mode, useAppearance } from "../theme/mode";
import { useReportProblem } from "./ProblemView";

const MODE_ICONS: Record<Mode, ReactNode> = { auto: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> };

export function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Segmented<Language>
      value={language}
      onChange={(chosen) => void changeLanguage(chosen)}
      aria-label={t("shell.language")}
      name="language"
      options={[
        { value: "zh", label: <span lang="zh-CN">{t("shell.languageNames.zh")}</span> },
        { value: "en", label: <span lang="en">{t("shell.languageNames.en")}</span> },
      ]}
    />
  );
}

export function ModeSwitch() {
  const { t } = useTranslation();
  const { mode, setMode } = useAppearance();
  const modes: Mode[] = ["auto", "light", "dark"];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [mode],
        items: modes.map((each) => ({ key: each, icon: MODE_ICONS[each], label: t(`shell.theme.${each}`) })),
        onClick: ({ key }) => setMode(key as Mode),
      }}
    >
      <Button type="text" icon={MODE_ICONS[mode]} aria-label={`${t("shell.theme.label")}: ${t(`shell.theme.${mode}`)}`} />
    </Dropdown>
  );
}

export function UserMenu({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const { user, tenant } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const report = useReportProblem();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", type: "group", label: `${user.name} · ${tenant.name}` },
          { key: "account", icon: <UserOutlined />, label: t("shell.nav.account") },
          { type: "divider" },
          { key: "out", icon: <LogoutOutlined />, label: t("shell.signOut") },
        ],
        onClick: ({ key }) => {
          if (key === "account") void navigate("/account");
          if (key === "out") signOut().catch(report);
        },
      }}
    >
      <Button type="text" className="user-button" title={t("shell.userMenu", { name: user.name })}>
        <Avatar size={26} aria-hidden>
          {user.name.slice(0, 1)}
        </Avatar>
        <span className={compact ? "visually-hidden" : "user-name"}>{user.name}</span>
      </Button>
    </Dropdown>
  );
}

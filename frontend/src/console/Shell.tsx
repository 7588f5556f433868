import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Button, Drawer, Flex, Layout } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";

import { useSession } from "../api/session";
import { WithheldNote } from "../meta/Withheld";
import { Mark } from "../theme/Mark";
import { useAppearance } from "../theme/mode";
import { useScreen } from "../theme/screen";
import { ErrorBoundary } from "./ErrorBoundary";
import { LanguageSwitch, ModeSwitch, UserMenu } from "./HeaderControls";
import { NoticesBell } from "./notices/NoticesBell";
import { NavigationMenu, usePermittedDestinations } from "./Navigation";
import { OfflineBanner } from "./OfflineBanner";
import { ScanBox } from "./ScanBox";
import { destinationOf } from "./destinations";
import { isTv } from "./floor/wall";
import { PageSkeleton } from "./states";
import { useLiveDefinitions } from "./useLiveDefinitions";

const HelpMenu = lazy(() => import("./help/HelpMenu"));

const MAIN = "main";

function Brand({ bare = false }: { bare?: boolean }) {
  const { t } = useTranslation();
  const { tenant } = useSession();
  return (
    <Link to="/" className="brand" title={t("shell.productLong")} aria-label={bare ? t("shell.productLong") : undefined}>
      <Mark size={30} />
      {!bare && (
        <span className="brand-words">
          <strong>{t("shell.product")}</strong>
          <small>{tenant.name}</small>
        </span>
      )}
    </Link>
  );
}

function SideBar({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation();
  const { siderCollapsed, setSiderCollapsed } = useAppearance();
  const [openOnNarrow, setOpenOnNarrow] = useState(false);
  const collapsed = narrow ? !openOnNarrow : siderCollapsed;
  const toggle = () => (narrow ? setOpenOnNarrow(collapsed) : setSiderCollapsed(!collapsed));
  return (
    <Layout.Sider width={212} collapsedWidth={64} collapsed={collapsed} trigger={null} className="sider">
      <Brand bare={collapsed} />
      <NavigationMenu collapsed={collapsed} />
      <Button
        type="text"
        className="sider-toggle"
        icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        onClick={toggle}
        aria-label={collapsed ? t("shell.expandMenu") : t("shell.closeMenu")}
      />
    </Layout.Sider>
  );
}

/** The thumb's bar on a phone: the first four destinations, the rest behind "more". */
function BottomBar({ onMore }: { onMore: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = destinationOf(pathname)?.name;
  return (
    <nav className="bottom-bar" aria-label={t("shell.mainNavigation")}>
      {usePermittedDestinations()
        .slice(0, 4)
        .map(({ name, path, icon }) => (
          <Link key={name} to={path} aria-current={name === here ? "page" : undefined}>
            {icon}
            <span>{t(`shell.nav.${name}`)}</span>
          </Link>
        ))}
      <button type="button" onClick={onMore}>
        <MenuOutlined aria-hidden />
        <span>{t("shell.more")}</span>
      </button>
    </nav>
  );
}

function PhoneDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} placement="left" size={272} title={t("shell.menu")} className="phone-menu" rootClassName="phone-menu-root">
      <NavigationMenu onChosen={onClose} />
      <Flex gap={8} align="center" className="phone-menu-foot">
        <LanguageSwitch />
        <ModeSwitch />
      </Flex>
    </Drawer>
  );
}

/** The frame around every page: navigation, scan box, language, appearance, account. */
export function Shell() {
  const { t } = useTranslation();
  const screen = useScreen();
  const { pathname, search } = useLocation();
  useLiveDefinitions();
  const [menuOpen, setMenuOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const phone = screen === "phone";
  const name = destinationOf(pathname)?.name ?? (pathname === "/account" ? "account" : /^\/help(\/|$)/.test(pathname) ? "help" : null);

  useEffect(() => {
    document.title = name ? `${t(`shell.nav.${name}`)} · ${t("shell.product")}` : t("shell.productLong");
    globalThis.scrollTo(0, 0);
  }, [name, t]);

  const page = (
    <main id={MAIN} ref={main} tabIndex={-1} className="main">
      <WithheldNote />
      <ErrorBoundary key={pathname}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
  if (isTv(search)) {
    return (
      <Layout className="shell">
        <OfflineBanner />
        {page}
      </Layout>
    );
  }

  return (
    <Layout className="shell" hasSider={!phone}>
      <a className="skip-link" href={`#${MAIN}`} onClick={() => main.current?.focus()}>
        {t("shell.skip")}
      </a>
      {!phone && <SideBar key={screen} narrow={screen === "tablet"} />}
      <Layout>
        <Layout.Header className="header">
          {phone && <Brand bare />}
          <ScanBox />
          <Flex gap={4} align="center" className="header-end">
            {!phone && <LanguageSwitch />}
            <Suspense>
              <HelpMenu />
            </Suspense>
            <NoticesBell />
            {!phone && <ModeSwitch />}
            <UserMenu compact={screen !== "desktop"} />
          </Flex>
        </Layout.Header>
        <OfflineBanner />
        {page}
      </Layout>
      {phone && <BottomBar onMore={() => setMenuOpen(true)} />}
      {phone && <PhoneDrawer open={menuOpen} onClose={() => setMenuOpen(false)} />}
    </Layout>
  );
}

import { Button, Flex, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { LostStream } from "../theme/LostStream";

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("shell.loading")} className="page">
      <div className="panel">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    </div>
  );
}

/** A page that has nothing to show but a reason and a way on. */
export function Notice({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Flex vertical align="center" className="notice">
      <LostStream />
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </Flex>
  );
}

function HomeButton({ label }: { label: string }) {
  const navigate = useNavigate();
  return (
    <Button type="primary" onClick={() => void navigate("/")}>
      {label}
    </Button>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Notice title={t("shell.notFound.title")} text={t("shell.notFound.text")}>
      <HomeButton label={t("shell.notFound.back")} />
    </Notice>
  );
}

export function NoPermission({ permission }: { permission: string }) {
  const { t } = useTranslation();
  return (
    <Notice title={t("shell.forbidden.title")} text={t("shell.forbidden.text", { permission })}>
      <HomeButton label={t("shell.forbidden.back")} />
    </Notice>
  );
}

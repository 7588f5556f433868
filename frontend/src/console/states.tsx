import { Button, Card, Result, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("shell.loading")} className="page">
      <Card>
        <Skeleton active paragraph={{ rows: 8 }} />
      </Card>
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={<h1 className="result-title">{t("shell.notFound.title")}</h1>}
      subTitle={t("shell.notFound.text")}
      extra={
        <Link to="/">
          <Button type="primary" tabIndex={-1}>
            {t("shell.notFound.back")}
          </Button>
        </Link>
      }
    />
  );
}

export function NoPermission({ permission }: { permission: string }) {
  const { t } = useTranslation();
  return (
    <Result
      status="403"
      title={<h1 className="result-title">{t("shell.forbidden.title")}</h1>}
      subTitle={t("shell.forbidden.text", { permission })}
    />
  );
}

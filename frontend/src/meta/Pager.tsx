import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { useFormats } from "../i18n/format";
import type { PagedList } from "./usePagedList";

/** Where in the list the reader is, and the way on. Nothing when everything is on one page. */
export function Pager<Row>({ list }: { list: PagedList<Row> }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (!list.rows) return null;
  const total = list.total === null ? t("list.shown", { n: list.rows.length }) : t("list.total", { total: number(list.total) });
  return (
    <div className="pager">
      <span className="num">{total}</span>
      {(list.previous || list.next) && (
        <span className="pager-steps">
          <Button icon={<LeftOutlined />} disabled={!list.previous} onClick={list.previous ?? undefined} aria-label={t("list.previous")} />
          <span className="num">{t("list.pageOf", { page: list.page })}</span>
          <Button icon={<RightOutlined />} disabled={!list.next} onClick={list.next ?? undefined} aria-label={t("list.next")} />
        </span>
      )}
    </div>
  );
}

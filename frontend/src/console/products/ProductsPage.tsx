import { ExportOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { PublicProduct, PublicProductInput } from "../../api/contract";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import { NEW_PRODUCT, useProductFields } from "./productFields";

const KEY = ["public-products"];
const publish = (body: PublicProductInput) => unwrap(client.PUT("/api/v1/portal/products", { body }));

/** The consumer page as a phone shows it: of an item that is on record, else of the product. */
function Preview({ product, name }: { product: PublicProduct; name: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!product.published) return <span className="muted">{t("products.notToBeSeen")}</span>;
  const path = product.example ?? product.path;
  return (
    <a href={`${path}?lang=${language}`} target="_blank" rel="noreferrer" title={t("products.previewOf", { name })} onClick={(event) => event.stopPropagation()}>
      <span className="code">{decodeURIComponent(path)}</span> <ExportOutlined />
    </a>
  );
}

function Turn({ product, name }: { product: PublicProduct; name: string }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const turn = async () => {
    try {
      const { gtin, published, brand_zh, brand_en, contact, origins } = product;
      await publish({ gtin, published: !published, brand_zh, brand_en, contact, origins });
      void message.success(published ? t("products.takenBack") : t("products.isPublic"));
      await cache.invalidateQueries({ queryKey: KEY });
    } catch (error) {
      report(error);
    }
  };
  const ask = (event: React.MouseEvent) => {
    event.stopPropagation();
    if (!product.published) {
      void turn();
      return;
    }
    modal.confirm({
      title: t("products.takeBackTitle", { name }),
      content: t("products.takeBackText"),
      okText: t("products.takeBack"),
      okButtonProps: { danger: true },
      cancelText: t("list.cancel"),
      onOk: turn,
    });
  };
  return (
    <Button size="small" danger={product.published} onClick={ask}>
      {product.published ? t("products.takeBack") : t("products.publish")}
    </Button>
  );
}

function useProductColumns(nameOf: (product: PublicProduct) => string, onEdit: ((product: PublicProduct) => void) | undefined): Column<PublicProduct>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(
    (): Column<PublicProduct>[] => [
      {
        key: "name",
        title: t("products.column.name"),
        fixed: true,
        card: "heading",
        render: (product) => <NameButton name={nameOf(product)} onOpen={onEdit ? () => onEdit(product) : undefined} />,
      },
      { key: "gtin", title: "GTIN", render: ({ gtin }) => <span className="code">{gtin}</span> },
      {
        key: "state",
        title: t("products.column.state"),
        card: "corner",
        render: ({ published }) => (published ? <Tag color="success">{t("products.public")}</Tag> : <Tag>{t("products.hidden")}</Tag>),
      },
      {
        key: "brand",
        title: t("products.column.brand"),
        render: ({ brand_zh: zh, brand_en: en }) => named(language, zh, en) || <span className="muted">{t("products.companyName")}</span>,
      },
      { key: "contact", title: t("products.column.contact"), hidden: true, render: ({ contact }) => contact || "–" },
      { key: "origins", title: t("products.column.origins"), render: ({ origins }) => t(`products.origins.${origins}`) },
      { key: "preview", title: t("products.column.preview"), render: (product) => <Preview product={product} name={nameOf(product)} /> },
    ],
    [t, language, nameOf, onEdit],
  );
}

/** Which products consumers may see after scanning their code, and what their page says. */
export default function ProductsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const writes = useMay()("portal:page:write");
  const [edited, setEdited] = useState<PublicProduct | "new" | null>(null);
  const existing = edited === "new" ? null : edited;
  const nameOf = useMemo(() => (product: PublicProduct) => named(language, product.name_zh, product.name_en, product.gtin), [language]);
  const columns = useProductColumns(nameOf, writes ? setEdited : undefined);
  const list = usePagedList<PublicProduct>(KEY, (_cursor, signal) => unwrap(client.GET("/api/v1/portal/products", { signal })));
  const fields = useProductFields(list.rows ?? [], existing !== null);
  const save = async ({ gtin, published, brand_zh, brand_en, contact, origins }: PublicProductInput) => {
    await publish({ gtin, published, brand_zh, brand_en, contact, origins });
    await cache.invalidateQueries({ queryKey: KEY });
  };
  return (
    <div className="page">
      <PageHead title={t("products.title")} text={t("products.text")}>
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEdited("new")}>
            {t("products.new")}
          </Button>
        )}
      </PageHead>
      <DataTable<PublicProduct>
        name="products"
        label={t("products.list")}
        columns={columns}
        list={list}
        rowKey={({ gtin }) => gtin}
        {...(writes ? { onOpen: setEdited, actions: (product: PublicProduct) => <Turn product={product} name={nameOf(product)} />, actionsTitle: t("list.actions") } : {})}
        empty={<Empty title={t("products.emptyTitle")} text={t("products.emptyText")} />}
      />
      <FormDrawer<PublicProductInput>
        open={edited !== null}
        title={existing ? t("products.edit", { name: nameOf(existing) }) : t("products.new")}
        fields={fields}
        initial={existing ?? NEW_PRODUCT}
        onSubmit={save}
        onClose={() => setEdited(null)}
      />
    </div>
  );
}

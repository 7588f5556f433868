import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Printer, PrinterInput } from "../../api/labels";
import { asProblem } from "../../api/problem";
import { useMay, useSession } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { PageHead } from "../PageHead";
import { problemText } from "../problemText";
import "./labels.css";
import { LabelTabs } from "./labelTabs";
import { NEW_PRINTER, type PrinterForm, toForm, toInput, usePrinterFields } from "./printerFields";

function useCheck() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  return async ({ id, name }: Printer) => {
    try {
      const status = await unwrap(client.POST("/api/v1/printers/{printer_id}/check", { params: { path: { printer_id: id } } }));
      void message.open({ type: status.ready ? "success" : "warning", content: `${name}：${named(language, status.said_zh, status.said_en)}`, duration: 6 });
    } catch (error) {
      const { title, remedy } = problemText(t, asProblem(error));
      void message.error([title, remedy].filter(Boolean).join(" "));
    }
  };
}

export default function PrintersPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const { sites } = useSession();
  const writes = useMay()("coding:printer:write");
  const [edited, setEdited] = useState<Printer | "new" | null>(null);
  const existing = edited === "new" ? null : edited;
  const check = useCheck();
  const fields = usePrinterFields(existing !== null);
  const list = usePagedList<Printer>(["printers"], (_cursor, signal) => unwrap(client.GET("/api/v1/printers", { signal })));
  const columns = useMemo((): Column<Printer>[] => {
    const place = (id: number | null) => {
      const site = sites.find((each) => each.id === id);
      return site ? named(language, site.name_zh, site.name_en, site.code) : "–";
    };
    return [
      {
        key: "name",
        title: t("labels.column.name"),
        fixed: true,
        card: "heading",
        render: (printer) => <NameButton name={printer.name} onOpen={writes ? () => setEdited(printer) : undefined} />,
      },
      { key: "code", title: t("labels.column.code"), render: ({ code }) => <span className="code">{code}</span> },
      {
        key: "state",
        title: t("labels.column.state"),
        card: "corner",
        render: ({ active, waiting }) =>
          active ? waiting > 0 ? <Tag color="processing">{t("labels.waiting", { count: waiting })}</Tag> : <Tag color="success">{t("labels.inUse")}</Tag> : <Tag>{t("labels.outOfUse")}</Tag>,
      },
      {
        key: "address",
        title: t("labels.column.address"),
        render: ({ connection, host, port }) =>
          connection === "virtual" ? t("labels.connection.virtual") : <span className="code">{`${host}:${port}`}</span>,
      },
      { key: "kind", title: t("labels.column.kind"), render: ({ language: tongue, dpi }) => `${tongue.toUpperCase()} · ${dpi} dpi` },
      { key: "site", title: t("labels.column.site"), render: ({ site_id: id }) => place(id) },
      { key: "media", title: t("labels.column.media"), hidden: true, render: ({ media, width_mm: width }) => media || `≤ ${width} mm` },
    ];
  }, [t, language, sites, writes]);
  const save = async (form: PrinterForm) => {
    const body: PrinterInput = toInput(form);
    if (existing) await unwrap(client.PATCH("/api/v1/printers/{printer_id}", { params: { path: { printer_id: existing.id } }, body: { ...body, active: form.active } }));
    else await unwrap(client.POST("/api/v1/printers", { body }));
    await cache.invalidateQueries({ queryKey: ["printers"] });
  };
  return (
    <div className="page">
      <PageHead title={t("labels.printers")} text={t("labels.printersText")}>
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEdited("new")}>
            {t("labels.newPrinter")}
          </Button>
        )}
      </PageHead>
      <LabelTabs />
      <DataTable<Printer>
        name="printers"
        label={t("labels.printerList")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        actions={(printer) => (
          <Button size="small" onClick={(event) => (event.stopPropagation(), void check(printer))}>
            {t("labels.check")}
          </Button>
        )}
        actionsTitle={t("labels.column.actions")}
        empty={<Empty title={t("labels.noPrinterTitle")} text={t("labels.noPrinterText")} />}
      />
      <FormDrawer<PrinterForm>
        open={edited !== null}
        title={existing ? t("labels.editPrinter", { name: existing.name }) : t("labels.newPrinter")}
        fields={fields}
        initial={existing ? toForm(existing) : NEW_PRINTER}
        onSubmit={save}
        onClose={() => setEdited(null)}
      />
    </div>
  );
}

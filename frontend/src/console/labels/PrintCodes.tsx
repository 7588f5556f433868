import { FilePdfOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { LabelRow } from "../../api/labels";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import "./labels.css";
import { PrintDialog } from "./PrintDialog";

interface PrintCodesProps {
  /** What the labels are to say; asked for when a label has been chosen. */
  codes: readonly string[] | (() => Promise<readonly string[]>);
  size?: "small" | "middle";
  onError?: (error: unknown) => void;
}

/** Wherever codes are on the screen: choose a published label, then print these codes on it, or make a PDF. */
export function PrintCodes({ codes, size = "middle", onError }: PrintCodesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const [asked, setAsked] = useState(false);
  const [chosen, setChosen] = useState<{ label: LabelRow; pdf: boolean; codes: readonly string[] } | null>(null);
  const list = useQuery({
    queryKey: ["labels", "list"],
    queryFn: ({ signal }): Promise<{ rows: LabelRow[] }> => unwrap(client.GET("/api/v1/labels", { signal })),
    enabled: asked,
  });
  if (!may("coding:label:print") || !may("coding:label:read")) return null;
  const usable = (list.data?.rows ?? []).filter(({ version, state }) => version !== null && state === "published");
  const choose = async (label: LabelRow, pdf: boolean) => {
    try {
      setChosen({ label, pdf, codes: typeof codes === "function" ? await codes() : codes });
    } catch (error) {
      onError?.(error);
    }
  };
  const entry = (label: LabelRow, pdf: boolean) => ({
    key: `${label.key} ${String(pdf)}`,
    label: named(language, label.title_zh, label.title_en, label.key),
    icon: pdf ? <FilePdfOutlined /> : <PrinterOutlined />,
    onClick: () => void choose(label, pdf),
  });
  const items =
    usable.length > 0
      ? [
          { key: "print", type: "group" as const, label: t("labels.print"), children: usable.map((label) => entry(label, false)) },
          { key: "pdf", type: "group" as const, label: t("labels.makePdf"), children: usable.map((label) => entry(label, true)) },
        ]
      : [{ key: "none", disabled: true, label: t(list.isPending ? "shell.loading" : "labels.noPublished") }];
  return (
    <>
      <Dropdown menu={{ items, className: "print-menu" }} trigger={["click"]} onOpenChange={(open) => open && setAsked(true)}>
        <Button icon={<PrinterOutlined />} size={size}>
          {t("labels.printLabel")}
        </Button>
      </Dropdown>
      {chosen && <PrintDialog labelKey={chosen.label.key} size={chosen.label} pdf={chosen.pdf} codes={chosen.codes} onClose={() => setChosen(null)} />}
    </>
  );
}

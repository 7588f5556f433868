import { EditOutlined, FilePdfOutlined, PlusOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import type { LabelRow, ReadyLabel } from "../../api/labels";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import "./labels.css";
import { LabelTabs } from "./labelTabs";
import { PrintDialog } from "./PrintDialog";
import { ReadyPicture } from "./ReadyPicture";

interface NewLabel {
  key: string;
  title_zh: string;
  title_en: string;
}

function Card({ label, onPrint }: { label: LabelRow; onPrint: ((pdf: boolean) => void) | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const name = named(language, label.title_zh, label.title_en, label.key);
  const design = `/labels/design/${label.key}`;
  return (
    <li className="label-card">
      <button type="button" className="label-thumb" aria-label={t("labels.open", { name })} onClick={() => void navigate(design)}>
        <img src={`/api/v1/labels/${label.key}/picture?at=${encodeURIComponent(label.changed)}`} alt="" loading="lazy" />
      </button>
      <div className="label-about">
        <h3>{name}</h3>
        <p className="muted">
          {[`${label.width} × ${label.height} mm`, ...label.symbols].join(" · ")}
        </p>
        <p>
          {label.version !== null ? <Tag color="success">{t("labels.version", { version: label.version })}</Tag> : <Tag>{t("labels.neverPublished")}</Tag>}
          {label.version !== null && label.has_draft && <Tag color="warning">{t("labels.draft")}</Tag>}
        </p>
      </div>
      <div className="label-card-actions">
        <Button size="small" icon={<EditOutlined />} onClick={() => void navigate(design)}>
          {t("labels.design")}
        </Button>
        {onPrint && label.version !== null && (
          <>
            <Button size="small" type="primary" icon={<PrinterOutlined />} onClick={() => onPrint(false)}>
              {t("labels.print")}
            </Button>
            <Button size="small" icon={<FilePdfOutlined />} onClick={() => onPrint(true)}>
              {t("labels.pdf")}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

/** A key from a label to start from that no label has yet. */
function freeKey(wanted: string, labels: readonly LabelRow[]): string {
  const taken = new Set(labels.map(({ key }) => key));
  let number = 2;
  if (!taken.has(wanted)) return wanted;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

export default function LabelsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const may = useMay();
  const writes = may("designer:definition:write");
  const [made, setMade] = useState<{ initial: NewLabel; body: Record<string, unknown> } | null>(null);
  const [printed, setPrinted] = useState<{ label: LabelRow; pdf: boolean } | null>(null);
  const list = useQuery({
    queryKey: ["labels", "list"],
    queryFn: ({ signal }): Promise<{ rows: LabelRow[] }> => unwrap(client.GET("/api/v1/labels", { signal })),
  });
  const ready = useQuery({
    queryKey: ["labels", "ready"],
    queryFn: ({ signal }): Promise<{ rows: ReadyLabel[] }> => unwrap(client.GET("/api/v1/labels/ready", { signal })),
    staleTime: Infinity,
  });
  const rows = list.data?.rows ?? [];
  const fields: FormField[] = [
    {
      kind: "text",
      name: "key",
      label: t("labels.key"),
      help: t("labels.keyHelp"),
      required: true,
      max: 63,
      code: true,
      pattern: /^[a-z0-9][a-z0-9_-]*$/,
      patternText: t("labels.keyPattern"),
    },
    { kind: "text", name: "title_zh", label: t("labels.titleZh"), required: true, max: 120 },
    { kind: "text", name: "title_en", label: t("labels.titleEn"), required: true, max: 120 },
  ];
  const make = async ({ key, title_zh, title_en }: NewLabel) => {
    const body = { title_zh, title_en, body: made?.body ?? {} };
    await unwrap(client.PUT("/api/v1/definitions/{definition_kind}/{key}", { params: { path: { definition_kind: "label", key } }, body }));
    await cache.invalidateQueries({ queryKey: ["labels", "list"] });
    void navigate(`/labels/design/${key}`);
  };
  return (
    <div className="page">
      <PageHead title={t("labels.title")} text={t("labels.text")}>
        {writes && (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            data-action="new"
            onClick={() => setMade({ initial: { key: freeKey("label", rows), title_zh: "", title_en: "" }, body: { width: 60, height: 40 } })}
          >
            {t("labels.new")}
          </Button>
        )}
      </PageHead>
      <LabelTabs />
      {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <Empty title={t("labels.emptyTitle")} text={t("labels.emptyText")} />}
      <ul className="label-gallery" aria-label={t("labels.gallery")}>
        {rows.map((label) => (
          <Card key={label.key} label={label} onPrint={may("coding:label:print") ? (pdf) => setPrinted({ label, pdf }) : null} />
        ))}
      </ul>
      {writes && (
        <>
          <h2 className="label-section">{t("labels.ready")}</h2>
          <ul className="label-gallery" aria-label={t("labels.ready")}>
            {ready.data?.rows.map((label) => (
              <li key={label.key} className="label-card">
                <ReadyPicture label={label} />
                <div className="label-about">
                  <h3>{named(language, label.title_zh, label.title_en)}</h3>
                  <p className="muted">{named(language, label.about_zh, label.about_en)}</p>
                </div>
                <div className="label-card-actions">
                  <Button
                    size="small"
                    icon={<PlusOutlined />}
                    onClick={() =>
                      setMade({ initial: { key: freeKey(label.key, rows), title_zh: label.title_zh, title_en: label.title_en }, body: label.body })
                    }
                  >
                    {t("labels.startFrom")}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <FormDrawer<NewLabel>
        open={made !== null}
        title={t("labels.new")}
        fields={fields}
        initial={made?.initial ?? { key: "", title_zh: "", title_en: "" }}
        onSubmit={make}
        onClose={() => setMade(null)}
      />
      {printed && <PrintDialog labelKey={printed.label.key} size={printed.label} pdf={printed.pdf} onClose={() => setPrinted(null)} />}
    </div>
  );
}

import { PrinterOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import type { Dpi } from "../../api/labels";
import { useMay } from "../../api/session";
import { PrintDialog } from "../../console/labels/PrintDialog";
import { ProblemView } from "../../console/ProblemView";
import { type Definition, useDefinition, useDefinitionActions } from "../definitions";
import { DesignerFrame } from "../DesignerFrame";
import { Problems } from "../Problems";
import { useDocument } from "../useDocument";
import { ArrangeBar } from "./ArrangeBar";
import { FieldsPanel } from "./FieldsPanel";
import { keyMove } from "./keyboard";
import "./label.css";
import { LabelCanvas } from "./LabelCanvas";
import { Layers } from "./Layers";
import { captionOf, duplicated, type ElementType, type LabelDocument, newElement, samplesOf } from "./model";
import { Palette } from "./Palette";
import { Properties } from "./Properties";
import { usePreview } from "./usePreview";

const KIND = "label";
const PIXELS_PER_MM = 96 / 25.4;
const STAGE = { width: 560, height: 400 };

interface Draft {
  title_zh: string;
  title_en: string;
  body: LabelDocument;
}

function draftOf({ row, body }: Definition): Draft {
  return { title_zh: row.title_zh, title_en: row.title_en, body: body as unknown as LabelDocument };
}

function fitting({ width, height }: LabelDocument): number {
  const zoom = Math.min(STAGE.width / (width * PIXELS_PER_MM), STAGE.height / (height * PIXELS_PER_MM));
  return Math.min(4, Math.max(0.5, Math.round(zoom * 4) / 4));
}

/** The draft under edit; what is saved or taken back elsewhere follows, and leaving the page keeps the draft. */
function useDraft(definition: Definition, writes: boolean) {
  const edited = useDocument<Draft>(draftOf(definition));
  const { save } = useDefinitionActions(KIND, definition.row.key);
  const { document: draft, dirty, follow } = edited;
  useEffect(() => follow(draftOf(definition)), [definition, follow]);
  const keep = async () => (await save.mutateAsync({ ...draft, body: { ...draft.body }, revision: definition.row.revision })).row;
  const leaving = useRef<() => void>(() => undefined);
  useEffect(() => {
    leaving.current = () => {
      if (dirty && writes) keep().catch(() => undefined);
    };
  });
  useEffect(() => () => leaving.current(), []);
  return { ...edited, keep };
}

function Workbench({ definition }: { definition: Definition }) {
  const { t } = useTranslation();
  const may = useMay();
  const writes = may("designer:definition:write");
  const { document: draft, change: changeDraft, undo, redo, dirty, keep } = useDraft(definition, writes);
  const document = draft.body;
  const [selected, setSelected] = useState<string[]>([]);
  const [zoom, setZoom] = useState(() => fitting(document));
  const [grid, setGrid] = useState(1);
  const [dpi, setDpi] = useState<Dpi>(203);
  const [testing, setTesting] = useState(false);
  const preview = usePreview(document, samplesOf(document), dpi);
  const problems = preview.data?.problems ?? [];
  const change = (body: LabelDocument, tag?: string) => writes && changeDraft({ ...draft, body }, tag);

  const add = (type: ElementType, at = { x: document.width / 2, y: document.height / 2 }) => {
    const made = newElement(document, type, at);
    change({ ...document, elements: [...document.elements, made] });
    setSelected([made.id]);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!writes) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      const { document: next, ids } = duplicated(document, selected);
      change(next);
      setSelected(ids);
    } else {
      const next = keyMove(document, selected, event, grid);
      if (!next) return;
      change(next.document, next.step);
      if (next.cleared) setSelected([]);
    }
    event.preventDefault();
  };
  const go = (at: string) => {
    const element = document.elements[Number(/^\/elements\/(\d+)/.exec(at)?.[1])];
    setSelected(element ? [element.id] : []);
  };
  const placeName = (at: string) => {
    const element = document.elements.find(({ id }) => at.startsWith(`/elements/${id}`));
    return element ? `${t(`labels.type.${element.type}`)} ${captionOf(element)}` : at;
  };

  return (
    <DesignerFrame
      row={definition.row}
      back={{ path: "/labels", label: t("labels.title") }}
      dirty={dirty}
      undo={undo}
      redo={redo}
      onSave={keep}
      sound={problems.length === 0 && preview.isSuccess}
      placeName={placeName}
      extra={
        may("coding:label:print") && (
          <Button icon={<PrinterOutlined />} onClick={() => setTesting(true)}>
            {t("labels.testPrint")}
          </Button>
        )
      }
    >
      <ArrangeBar document={document} selected={selected} disabled={!writes} zoom={zoom} grid={grid} dpi={dpi} onZoom={setZoom} onGrid={setGrid} onDpi={setDpi} onChange={change} />
      <div className="label-bench">
        <aside className="label-left" aria-label={t("labels.palette")}>
          <Palette onAdd={add} disabled={!writes} />
          <Layers document={document} selected={selected} preview={preview.data} disabled={!writes} onSelect={setSelected} onChange={change} />
        </aside>
        <div className="label-middle">
          <LabelCanvas
            document={document}
            selected={selected}
            preview={preview.data}
            stale={preview.isPlaceholderData}
            scale={zoom * PIXELS_PER_MM}
            grid={grid}
            onSelect={setSelected}
            onChange={change}
            onAdd={add}
            onKey={onKey}
          />
          {preview.error && <ProblemView error={preview.error} />}
          <div className="label-found" aria-live="polite">
            {preview.isSuccess && <Problems problems={problems} onGo={go} />}
          </div>
        </div>
        <aside className="label-right" aria-label={t("labels.settings")}>
          {selected.length === 0 ? (
            <>
              <div className="label-titles">
                {(["title_zh", "title_en"] as const).map((name) => (
                  <Input
                    key={name}
                    size="small"
                    aria-label={t(name === "title_zh" ? "labels.titleZh" : "labels.titleEn")}
                    value={draft[name]}
                    maxLength={120}
                    disabled={!writes}
                    onChange={(event) => changeDraft({ ...draft, [name]: event.target.value }, name)}
                  />
                ))}
              </div>
              <FieldsPanel document={document} disabled={!writes} onChange={change} />
            </>
          ) : (
            <Properties document={document} selected={selected} disabled={!writes} onChange={change} />
          )}
        </aside>
      </div>
      {testing && <PrintDialog labelKey={definition.row.key} document={document} onClose={() => setTesting(false)} />}
    </DesignerFrame>
  );
}

export default function LabelDesigner() {
  const { key = "" } = useParams();
  const { data, error, refetch } = useDefinition(KIND, key);
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  return data ? <Workbench key={key} definition={data} /> : null;
}

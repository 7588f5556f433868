/** A sub-table, one cell at a time: a scan begins a row and goes on to the row's next column; rows stand below. */
import { useState } from "react";

import { type FieldState, type FieldValue, type FormState, type RowValues, SILENT_KINDS, TYPED_KINDS, isFilled, lacks, mastersOf, rowsOf } from "../../capture";
import { faultTexts } from "../entry";
import type { Way } from "../offline/disk";
import { Button } from "../parts/parts";
import { usePda } from "../state";
import { named, useText } from "../texts";
import { type EditorProps, FieldEditor } from "./FieldEditor";
import { useShown } from "./FormRows";
import { ScanInput } from "./ScanInput";

interface Cell {
  row: number;
  column: string;
}

const scannable = ({ field }: FieldState): boolean => (field.columns ?? []).some((column) => column.kind === "scan" || mastersOf(column) !== null);

/** The cell that is asked for next: the first one that wants something, in the first row that is not whole. */
function firstOpen(rows: readonly FormState[]): Cell | null {
  for (const [row, state] of rows.entries()) {
    const open = state.fields.find((each) => lacks(each) || (each.visible && each.fault !== null));
    if (open) return { row, column: open.field.id };
  }
  return null;
}

interface RowProps {
  row: FormState;
  number: number;
  at: Cell | null;
  onChoose: (column: string) => void;
  onRemove: () => void;
}

function RowCard({ row, number, at, onChoose, onRemove }: RowProps) {
  const t = useText();
  const shown = useShown();
  const { language } = usePda((state) => state.settings);
  return (
    <li data-row={number} data-whole={row.complete}>
      <strong>{number}</strong>
      <div className="table-cells">
        {row.fields
          .filter(({ visible }) => visible)
          .map((state) => {
            const { field } = state;
            const content = (
              <>
                <small>{named(language, field.label_zh, field.label_en, field.id)}</small>
                <span className={field.kind === "scan" ? "code" : ""}>{shown(state) || "—"}</span>
              </>
            );
            if (SILENT_KINDS.has(field.kind) || state.locked) return <div key={field.id} className="table-cell still">{content}</div>;
            const current = at?.row === number - 1 && at.column === field.id;
            return (
              <button key={field.id} type="button" className={`table-cell${state.fault ? " faulty" : ""}`} aria-current={current ? "step" : undefined} data-column={field.id} onClick={() => onChoose(field.id)}>
                {content}
              </button>
            );
          })}
      </div>
      <Button tone="bare" icon="refused" label={t("pda.table.remove", { n: number })} onPress={onRemove} />
    </li>
  );
}

export default function TableEditor({ state, onValue, onScan, onNext }: EditorProps) {
  const t = useText();
  const { language } = usePda((each) => each.settings);
  const [chosen, setChosen] = useState<Cell | null>(null);
  const { field, rows, value } = state;
  const entered = rowsOf(value);
  const at = (chosen && rows[chosen.row] ? chosen : null) ?? firstOpen(rows);
  const cell = at && rows[at.row]?.fields.find((each) => each.field.id === at.column);
  const put = (next: readonly RowValues[], way: Way) => onValue(next.length ? next : null, way);
  const set = (where: Cell, single: FieldValue, way: Way) => {
    const next = entered.map((row, number) => (number === where.row ? { ...row, [where.column]: single ?? undefined } : row));
    const kind = cell?.field.kind ?? "";
    // what is typed waits for “next”; a scan or a choice goes on by itself
    setChosen(way !== "voice" && TYPED_KINDS.has(kind) ? where : null);
    put(next, way);
  };
  const full = rows.length >= Number(field.max ?? 200);
  const add = () => {
    const first = field.columns?.find(({ kind }) => !SILENT_KINDS.has(kind));
    put([...entered, {}], "manual");
    setChosen(first ? { row: entered.length, column: first.id } : null);
  };
  const texts = cell?.fault && cell.filled ? faultTexts(t, language, cell.fault) : null;
  // a code that is already there is replaced; an empty cell is filled as any scan fills it
  const scanInto = (raw: string, way: Way) => (chosen && cell?.filled && cell.field.kind === "scan" ? set(chosen, { raw }, way) : onScan(raw, way));
  return (
    <div className="table-editor">
      {at && cell ? (
        <section data-cell={`${at.row + 1}.${at.column}`}>
          <h3>{t("pda.table.cell", { n: at.row + 1, column: named(language, cell.field.label_zh, cell.field.label_en, cell.field.id) })}</h3>
          <FieldEditor key={`${at.row} ${at.column}`} state={cell} onValue={(single, way) => set(at, single, way)} onScan={scanInto} onNext={() => setChosen(null)} />
          {texts && (
            <p className="field-fault" role="alert">
              <strong>{texts.text}</strong> {texts.remedy}
            </p>
          )}
          {cell.filled && (
            <Button tone="main" wide icon="right" onPress={() => setChosen(null)}>
              {t("pda.table.next")}
            </Button>
          )}
        </section>
      ) : (
        scannable(state) && !full && <ScanInput label={named(language, field.label_zh, field.label_en, field.id)} placeholder={t("pda.table.scan")} onScan={onScan} />
      )}
      <ol className="table-rows" data-count={rows.filter(isFilled).length}>
        {rows.map((row, number) => (
          <RowCard
            key={number}
            row={row}
            number={number + 1}
            at={at}
            onChoose={(column) => setChosen({ row: number, column })}
            onRemove={() => {
              setChosen(null);
              put(entered.filter((_, each) => each !== number), "manual");
            }}
          />
        ))}
      </ol>
      {!full && !(at && !cell?.filled) && (
        <Button wide icon="edit" onPress={add}>
          {t("pda.table.add")}
        </Button>
      )}
      {!at && rows.length > 0 && state.fault === null && (
        <Button wide icon="right" onPress={onNext}>
          {t("pda.table.done")}
        </Button>
      )}
    </div>
  );
}

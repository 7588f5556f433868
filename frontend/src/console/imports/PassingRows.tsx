import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { PassesMade } from "../passing/PassesMade";
import { PassForm } from "../passing/PassForm";
import { byCheck, type Choice } from "../passing/stopped";
import type { ImportDetail, JudgedRow } from "./imports";

interface PassingRowsProps {
  readonly detail: ImportDetail;
  /** The refused rows that are shown. */
  readonly rows: readonly JudgedRow[];
  readonly onPassed: () => Promise<unknown>;
}

/** What stopped rows of a table and may be let pass by this person, and what was let pass before. */
export function PassingRows({ detail, rows, onPassed }: PassingRowsProps) {
  const { t } = useTranslation();
  const stopped = byCheck(
    rows.flatMap(({ number, faults }) =>
      faults.flatMap(({ check, overridable, text }) => (overridable && check ? [{ node: "", check, id: String(number), label: t("capture.pass.row", { number }), text }] : [])),
    ),
  );
  const pass = async (choices: readonly Choice[], reason: string) => {
    const body = { choices: choices.map(({ check, items }) => ({ check, rows: items?.map(Number) ?? null })), reason };
    await unwrap(client.POST("/api/v1/capture/imports/{import_id}/pass", { params: { path: { import_id: detail.row.id } }, body }));
    await onPassed();
  };
  return (
    <>
      <PassForm stopped={stopped} note={t(detail.row.mode === "all" ? "capture.pass.noteWhole" : "capture.pass.noteProceed")} onPass={pass} />
      <PassesMade passes={detail.passes.map(({ made, by, check, reason }) => ({ made, by, check, reason }))} />
    </>
  );
}

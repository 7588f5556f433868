import { useQueryClient } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { ExportButton } from "./BatchPage";
import { useNumbers } from "./numbers";
import type { Batch, CodeState, Handout } from "./useRules";

const HOLDERS = ["line", "supplier", "station", "printer"] as const;

interface HandoutForm {
  holder_kind: Handout["holder_kind"];
  holder: string;
  count: number;
  note: string;
}

function countOf(handout: Handout, state: CodeState): number {
  return handout.states.find((each) => each.state === state)?.count ?? 0;
}

function HandOut({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const fields: FormField[] = [
    { kind: "choice", name: "holder_kind", label: t("codes.holderKind"), choices: HOLDERS.map((value) => ({ value, label: t(`codes.holder.${value}`) })) },
    { kind: "text", name: "holder", label: t("codes.holderName"), help: t("codes.holderHelp"), required: true, max: 120 },
    { kind: "number", name: "count", label: t("codes.count"), help: t("codes.handCountHelp"), least: 1, most: batch.row.count },
    { kind: "text", name: "note", label: t("codes.note"), max: 300 },
  ];
  const hand = async (values: HandoutForm) => {
    await unwrap(client.POST("/api/v1/codes/batches/{batch_id}/handouts", { params: { path: { batch_id: batch.row.id } }, body: values }));
    await cache.invalidateQueries({ queryKey: ["batches"] });
  };
  return (
    <FormDrawer<HandoutForm>
      open
      title={t("codes.handOut")}
      fields={fields}
      initial={{ holder_kind: "line", holder: "", count: Math.min(1000, batch.row.count), note: "" }}
      submitLabel={t("codes.handOut")}
      onSubmit={hand}
      onClose={onClose}
    />
  );
}

interface Declared {
  used: number;
  spoiled: number;
  missing: number;
  close: boolean;
  reason: string;
}

function Reconcile({ handout, onClose }: { handout: Handout; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const most = handout.count;
  const used = countOf(handout, "applied");
  const spoiled = countOf(handout, "spoiled") + countOf(handout, "void");
  const fields: FormField[] = [
    { kind: "number", name: "used", label: t("codes.used"), help: t("codes.onRecord", { n: used }), least: 0, most },
    { kind: "number", name: "spoiled", label: t("codes.state.spoiled"), help: t("codes.onRecord", { n: spoiled }), least: 0, most },
    { kind: "number", name: "missing", label: t("codes.state.missing"), help: t("codes.sum", { n: most }), least: 0, most },
    { kind: "switch", name: "close", label: t("codes.closeRest"), help: t("codes.closeRestHelp") },
    { kind: "text", name: "reason", label: t("codes.reason"), max: 300 },
  ];
  const declare = async (values: Declared) => {
    await unwrap(client.POST("/api/v1/codes/handouts/{handout_id}/reconcile", { params: { path: { handout_id: handout.id } }, body: values }));
    await cache.invalidateQueries({ queryKey: ["batches"] });
  };
  return (
    <FormDrawer<Declared>
      open
      title={t("codes.reconcileOf", { holder: handout.holder })}
      fields={fields}
      initial={{ used, spoiled, missing: most - used - spoiled, close: true, reason: t("codes.reconcile") }}
      submitLabel={t("codes.reconcile")}
      onSubmit={declare}
      onClose={onClose}
    />
  );
}

/** Who holds which codes of a batch, and what became of them. */
export function HandoutTable({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const may = useMay();
  const formats = useFormats();
  const numbers = useNumbers();
  const [handing, setHanding] = useState(false);
  const [reconciled, setReconciled] = useState<Handout | null>(null);
  return (
    <section className="panel" aria-label={t("codes.handouts")}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <h2>{t("codes.handouts")}</h2>
        {may("coding:code:issue") && <Button onClick={() => setHanding(true)}>{t("codes.handOut")}</Button>}
      </Flex>
      {batch.handouts.length === 0 ? (
        <p className="muted">{t("codes.noHandouts")}</p>
      ) : (
        <div className="batch-scroll" tabIndex={0} role="region" aria-label={t("codes.handouts")}>
          <table className="batch-table">
            <thead>
              <tr>
                <th scope="col">{t("codes.holderName")}</th>
                <th scope="col">{t("codes.column.range")}</th>
                <th scope="col">{t("codes.used")}</th>
                <th scope="col">{t("codes.state.spoiled")}</th>
                <th scope="col">{t("codes.state.missing")}</th>
                <th scope="col">{t("codes.column.handed")}</th>
                <th scope="col">{t("list.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {batch.handouts.map((handout) => (
                <tr key={handout.id}>
                  <td>{`${t(`codes.holder.${handout.holder_kind}`)} ${handout.holder}`}</td>
                  <td className="num">{`${numbers(handout.first + 1)}–${numbers(handout.last + 1)}`}</td>
                  <td className="num">{numbers(countOf(handout, "applied"))}</td>
                  <td className="num">{numbers(countOf(handout, "spoiled") + countOf(handout, "void"))}</td>
                  <td className="num">{numbers(countOf(handout, "missing"))}</td>
                  <td>{formats.dateTime(handout.created)}</td>
                  <td>
                    <Flex gap={6} wrap>
                      {may("coding:code:export") && <ExportButton batch={batch.row.id} handout={handout.id} />}
                      {handout.reconciled ? (
                        <span className="muted">{t("codes.reconciledBy", { who: handout.reconciled_by ?? "", when: formats.date(handout.reconciled) })}</span>
                      ) : (
                        may("coding:code:state") && (
                          <Button size="small" onClick={() => setReconciled(handout)}>
                            {t("codes.reconcile")}
                          </Button>
                        )
                      )}
                    </Flex>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {handing && <HandOut batch={batch} onClose={() => setHanding(false)} />}
      {reconciled && <Reconcile handout={reconciled} onClose={() => setReconciled(null)} />}
    </section>
  );
}

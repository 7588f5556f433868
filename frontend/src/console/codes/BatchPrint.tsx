import { InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { PrintCodes } from "../labels/PrintCodes";
import { useReportProblem } from "../ProblemView";
import type { Batch } from "./useRules";

const MOST = 5000;

/** Print codes of a batch on a label: a stretch of it, by place. */
export function BatchPrint({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const report = useReportProblem();
  const { id, count } = batch.row;
  const [from, setFrom] = useState(1);
  const [many, setMany] = useState(Math.min(count, 100));
  const codes = async () => {
    const query = { first: from - 1, count: Math.min(many, MOST) };
    const { rows } = await unwrap(client.GET("/api/v1/codes/batches/{batch_id}/codes", { params: { path: { batch_id: id }, query } }));
    return rows;
  };
  return (
    <section className="panel properties" aria-label={t("codes.printTitle")}>
      <h2>{t("codes.printTitle")}</h2>
      <div className="batch-print">
        <div className="property">
          <label htmlFor="print-from">{t("codes.from")}</label>
          <InputNumber id="print-from" min={1} max={count} precision={0} value={from} onChange={(value) => setFrom(value ?? 1)} />
        </div>
        <div className="property">
          <label htmlFor="print-many">{t("codes.howMany")}</label>
          <InputNumber id="print-many" min={1} max={Math.min(MOST, count)} precision={0} value={many} onChange={(value) => setMany(value ?? 1)} />
        </div>
      </div>
      <PrintCodes codes={codes} onError={report} />
    </section>
  );
}

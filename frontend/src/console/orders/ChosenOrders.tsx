import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { OrderRow } from "../../api/production";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { problemText } from "../problemText";

interface Ended {
  number: string;
  /** What stood in its way; null: it is done. */
  fault: string | null;
}

type Doing = (row: OrderRow) => Promise<unknown>;

/** What can be done with several orders at once: each for itself, with what became of each; only a merge is one act. */
export function ChosenOrders({ rows, onClear }: { rows: readonly OrderRow[]; onClear: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [ended, setEnded] = useState<Ended[] | null>(null);
  const lines = useQuery({ enabled: may("production:plant:read"), queryKey: ["plant", "equipment"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/equipment", { signal })) }).data?.rows ?? [];
  const each = async (orders: readonly OrderRow[], doing: Doing) => {
    setBusy(true);
    const told: Ended[] = [];
    for (const row of orders) {
      try {
        await doing(row);
        told.push({ number: row.order.number, fault: null });
      } catch (error) {
        const { title, remedy } = problemText(t, asProblem(error));
        told.push({ number: row.order.number, fault: [title, remedy].filter(Boolean).join(" ") });
      }
    }
    await cache.invalidateQueries({ queryKey: ["orders"] });
    setBusy(false);
    setEnded(told);
    if (told.every(({ fault }) => fault === null)) onClear();
  };
  const step = (name: "release" | "start"): Doing => ({ order }) => unwrap(client.POST("/api/v1/orders/{order_id}/step", { params: { path: { order_id: order.id } }, body: { step: name, reason: "", accept_short: false } }));
  const dispatch = (line: string): Doing => ({ order }) => unwrap(client.PATCH("/api/v1/orders/{order_id}", { params: { path: { order_id: order.id } }, body: { line } }));
  const [first, ...others] = rows;
  const merge: Doing = ({ order }) => unwrap(client.POST("/api/v1/orders/{order_id}/merge", { params: { path: { order_id: order.id } }, body: { orders: others.map((row) => row.order.id) } }));
  return (
    <>
      {rows.length > 0 && (
        <Flex component="section" gap={8} wrap="wrap" align="center" className="panel chosen-orders" aria-label={t("making.chosen.title", { count: rows.length })}>
          <strong>{t("making.chosen.title", { count: rows.length })}</strong>
          {may("production:order:release") && (
            <>
              <Button loading={busy} onClick={() => void each(rows, step("release"))}>
                {t("making.order.step.release")}
              </Button>
              <Button loading={busy} onClick={() => void each(rows, step("start"))}>
                {t("making.order.step.start")}
              </Button>
              <Button loading={busy} disabled={!first || others.length === 0} title={first && t("making.chosen.mergeHelp", { number: first.order.number })} onClick={() => first && void each([first], merge)}>
                {first && others.length > 0 ? t("making.chosen.mergeInto", { number: first.order.number }) : t("making.order.merge")}
              </Button>
            </>
          )}
          {may("production:order:write") && (
            <Select
              className="chosen-line"
              disabled={busy}
              value={null}
              placeholder={t("making.chosen.dispatch")}
              aria-label={t("making.chosen.dispatch")}
              options={lines.filter(({ level, retired }) => level === "line" && !retired).map((row) => ({ value: row.uri, label: named(language, row.name_zh, row.name_en, row.code) }))}
              onChange={(line: string | null) => line && void each(rows, dispatch(line))}
            />
          )}
          <Button type="text" onClick={onClear}>
            {t("making.chosen.clear")}
          </Button>
        </Flex>
      )}
      <Modal open={ended !== null} title={t("making.chosen.ended")} footer={<Button onClick={() => setEnded(null)}>{t("making.chosen.close")}</Button>} onCancel={() => setEnded(null)}>
        <ul className="chosen-ended">
          {ended?.map(({ number, fault }) => (
            <li key={number}>
              {fault === null ? <CheckCircleFilled aria-label={t("making.chosen.good")} className="chosen-good" /> : <CloseCircleFilled aria-label={t("making.chosen.bad")} className="chosen-bad" />} <strong>{number}</strong> {fault}
            </li>
          ))}
        </ul>
      </Modal>
    </>
  );
}

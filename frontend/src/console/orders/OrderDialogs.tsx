import { App, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import type { OrderStep } from "../../api/production";
import { ProblemView } from "../ProblemView";

const WITH_REASON = new Set<OrderStep>(["pause", "cancel"]);

/** One step of an order's life, with its reason or what stands in its way. */
export function StepDialog({ id, step, onDone, onClose }: { id: number; step: OrderStep; onDone: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const short = problem?.code === "production.order_material_short";
  const take = async (accept_short: boolean) => {
    setBusy(true);
    try {
      await unwrap(client.POST("/api/v1/orders/{order_id}/step", { params: { path: { order_id: id } }, body: { step, reason: reason.trim(), accept_short } }));
      await onDone();
      void message.success(t("making.order.done", { step: t(`making.order.step.${step}`) }));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(`making.order.step.${step}`)}
      okText={short ? t("making.order.releaseShort") : t(`making.order.step.${step}`)}
      cancelText={t("list.cancel")}
      okButtonProps={{ loading: busy, danger: step === "cancel" || short, disabled: WITH_REASON.has(step) && reason.trim() === "" }}
      onOk={() => void take(short)}
      onCancel={onClose}
    >
      {problem && <ProblemView error={problem} />}
      {WITH_REASON.has(step) && (
        <label className="order-reason">
          <span>{t("making.order.reason")}</span>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} value={reason} placeholder={t("making.order.reasonHelp")} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
    </Modal>
  );
}

/** How much of an order becomes one of its own. */
export function SplitDialog({ id, onDone, onClose }: { id: number; onDone: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation();
  const [quantity, setQuantity] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const split = async () => {
    try {
      await unwrap(client.POST("/api/v1/orders/{order_id}/split", { params: { path: { order_id: id } }, body: { quantity: quantity ?? "0" } }));
      await onDone();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Modal open title={t("making.order.split")} okText={t("making.order.split")} cancelText={t("list.cancel")} okButtonProps={{ disabled: !quantity }} onOk={() => void split()} onCancel={onClose}>
      {problem && <ProblemView error={problem} />}
      <label className="order-reason">
        <span>{t("making.order.splitHelp")}</span>
        <InputNumber<string> stringMode min="0" className="wide" value={quantity} onChange={setQuantity} />
      </label>
    </Modal>
  );
}

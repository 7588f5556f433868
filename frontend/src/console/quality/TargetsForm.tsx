import { useQueryClient } from "@tanstack/react-query";
import { App, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useReportProblem } from "../ProblemView";
import type { Targets } from "./figures";

const NAMES = ["points", "automatic", "late", "corrected", "refused"] as const;

/** What the plant wants. */
export function TargetsForm({ targets, onClose }: { targets: Targets; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const report = useReportProblem();
  const cache = useQueryClient();
  const [wanted, setWanted] = useState(targets);
  const save = async () => {
    try {
      await unwrap(client.POST("/api/v1/capture/quality/targets", { body: wanted }));
      await cache.invalidateQueries({ queryKey: ["entry-quality"] });
      void message.success(t("quality.saved"));
      onClose();
    } catch (error) {
      report(error);
    }
  };
  return (
    <Modal open title={t("quality.targets")} okText={t("quality.save")} cancelText={t("list.cancel")} onOk={save} onCancel={onClose}>
      <div className="quality-targets">
        {NAMES.map((name) => (
          <label key={name}>
            {t(`quality.${name}`)}
            <InputNumber min={0} max={100} precision={0} suffix={name === "points" ? null : t("quality.percent")} prefix={["points", "automatic"].includes(name) ? "≥" : "≤"} value={wanted[name]} onChange={(value) => setWanted({ ...wanted, [name]: value ?? 0 })} />
          </label>
        ))}
      </div>
    </Modal>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, AutoComplete, Form, Input, InputNumber, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useNames } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import { uuid } from "../../pda/offline/queue";
import { useReportProblem } from "../ProblemView";
import { materialOf } from "./look";

interface Called {
  card?: string;
  material?: string;
  place?: string;
  quantity?: string;
  note?: string;
}

/** Where material can be called to. */
export function useStations() {
  const language = useLanguage();
  const stations = useQuery({ queryKey: ["pull-stations"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/pulls/stations", { signal })), staleTime: 60_000 });
  return (stations.data ?? []).map(({ uri, zh, en }) => ({ value: uri, label: named(language, zh, en, uri) }));
}

/** Call for material, by card or by hand; stations call from the PDA. */
export function NewPull({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const stations = useStations();
  const materials = useNames().choices("products");
  const [id] = useState(uuid);
  const [way, setWay] = useState<"card" | "hand">("card");
  const [form] = Form.useForm<Called>();
  const call = useMutation({
    mutationFn: ({ card, material, place, quantity, note }: Called) =>
      unwrap(client.POST("/api/v1/production/pulls", { body: { id, note: note ?? "", ...(way === "card" ? { card: card?.trim() ?? "" } : { material: material?.trim() ?? "", place: place ?? null, quantity: quantity ?? null }) } })),
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: ["pulls"] });
      void message.success(t("pulls.called", { name: materialOf(made, language) }));
      onClose();
    },
    onError: report,
  });
  const needed = (name: string) => [{ required: true, whitespace: true, message: name }];
  return (
    <Modal open title={t("pulls.callTitle")} okText={t("pulls.callGo")} confirmLoading={call.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Segmented block value={way} onChange={setWay} aria-label={t("pulls.callTitle")} options={[{ value: "card", label: t("pulls.byCard") }, { value: "hand", label: t("pulls.byHand") }]} className="pull-way" />
      <Form<Called> form={form} layout="vertical" onFinish={(values) => call.mutate(values)}>
        {way === "card" ? (
          <Form.Item name="card" label={t("pulls.card")} help={t("pulls.cardHelp")} rules={needed(t("pulls.cardHelp"))}>
            <Input autoFocus className="code" maxLength={80} autoComplete="off" spellCheck={false} />
          </Form.Item>
        ) : (
          <>
            <Form.Item name="material" label={t("pulls.material")} help={t("pulls.materialHelp")} rules={needed(t("pulls.materialHelp"))}>
              <AutoComplete options={materials} showSearch={{ filterOption: (typed, option) => `${option?.label ?? ""}${option?.value ?? ""}`.toLowerCase().includes(typed.toLowerCase()) }} />
            </Form.Item>
            <Form.Item name="place" label={t("pulls.place")} rules={[{ required: true, message: t("pulls.place") }]}>
              <Select showSearch={{ optionFilterProp: "label" }} options={stations} />
            </Form.Item>
            <Form.Item name="quantity" label={t("pulls.quantity")} rules={[{ required: true, message: t("pulls.quantity") }]}>
              <InputNumber<string> stringMode min="0" className="wide" />
            </Form.Item>
          </>
        )}
        <Form.Item name="note" label={t("pulls.note")} className="pull-reason">
          <Input maxLength={400} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Radio, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { named, useLanguage } from "../../i18n/language";
import { uuid } from "../../pda/offline/queue";
import { useReportProblem } from "../ProblemView";
import { REASON_ICONS } from "./look";

interface Called {
  kind: string;
  equipment?: string;
  note?: string;
}

/** Call from the console; stations call from the PDA. */
export function NewCall({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [id] = useState(uuid);
  const [form] = Form.useForm<Called>();
  const kinds = useQuery({ queryKey: ["andon", "kinds"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon/kinds", { signal })) });
  const stations = useQuery({ queryKey: ["andon-stations"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon/stations", { signal })), staleTime: 60_000 });
  const call = useMutation({
    mutationFn: ({ kind, equipment, note }: Called) => unwrap(client.POST("/api/v1/production/andon", { body: { id, kind, note: note ?? "", ...(equipment ? { equipment } : {}) } })),
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: ["andon"] });
      void message.success(t("andon.called", { name: named(language, made.kind_zh, made.kind_en) }));
      onClose();
    },
    onError: report,
  });
  const known = (kinds.data?.rows ?? []).filter(({ retired }) => !retired);
  return (
    <Modal open title={t("andon.callTitle")} okText={t("andon.callGo")} okButtonProps={{ disabled: known.length === 0 }} confirmLoading={call.isPending} onCancel={onClose} onOk={() => form.submit()}>
      {kinds.isPending && <Skeleton active />}
      {kinds.data && known.length === 0 && <p>{t("andon.setUpTitle")}</p>}
      {known.length > 0 && (
        <Form<Called> form={form} layout="vertical" initialValues={{ kind: known[0]?.code }} onFinish={(values) => call.mutate(values)}>
          <Form.Item name="kind" label={t("andon.kind")}>
            <Radio.Group
              className="andon-kinds"
              optionType="button"
              buttonStyle="solid"
              options={known.map((kind) => ({
                value: kind.code,
                label: (
                  <>
                    {REASON_ICONS[kind.reason]} {named(language, kind.name_zh, kind.name_en)}
                  </>
                ),
              }))}
            />
          </Form.Item>
          <Form.Item name="equipment" label={t("andon.station")}>
            <Select allowClear showSearch={{ optionFilterProp: "label" }} options={(stations.data ?? []).map(({ uri, zh, en }) => ({ value: uri, label: named(language, zh, en, uri) }))} />
          </Form.Item>
          <Form.Item name="note" label={t("andon.note")}>
            <Input maxLength={400} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

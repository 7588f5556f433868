import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { MachineNow } from "../../api/floor";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { ProblemView, useReportProblem } from "../ProblemView";
import { PageSkeleton } from "../states";
import { MachineDrawer } from "./MachineDrawer";
import type { Span } from "./OeePage";
import { type MachineState, REASONS, reasonText, stateOf, STATES } from "./stateText";

function EnterState({ machine, onClose }: { machine: MachineNow; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [state, setState] = useState<MachineState>("running");
  const [reason, setReason] = useState<string>("");
  const [note, setNote] = useState("");
  const enter = useMutation({
    mutationFn: () =>
      unwrap(client.POST("/api/v1/production/states", { params: { query: { offset: -new Date().getTimezoneOffset() } }, body: { equipment: machine.uri, state, reason, note } })),
    onSuccess: () => {
      // the read model follows the event within a moment
      setTimeout(() => void cache.invalidateQueries({ queryKey: ["oee"] }), 800);
      onClose();
    },
    onError: report,
  });
  return (
    <Modal open onCancel={onClose} title={t("floor.oee.enterFor", { machine: named(language, machine.name_zh, machine.name_en) })} okText={t("floor.oee.enter")} onOk={() => enter.mutate()} confirmLoading={enter.isPending}>
      <div className="state-form">
        <Radio.Group
          aria-label={t("floor.oee.stateName")}
          optionType="button"
          buttonStyle="solid"
          value={state}
          options={STATES.map((value) => ({ value, label: t(`floor.oee.state.${value}`) }))}
          onChange={(event) => {
            setState(event.target.value as MachineState);
            setReason("");
          }}
        />
        {REASONS[state].length > 0 && (
          <Select
            aria-label={t("floor.oee.reasonName")}
            placeholder={t("floor.oee.reasonName")}
            allowClear
            value={reason || null}
            options={REASONS[state].map((value) => ({ value, label: reasonText(t, value) }))}
            onChange={(value: string | null) => setReason(value ?? "")}
          />
        )}
        <Input value={note} onChange={(event) => setNote(event.target.value)} maxLength={400} placeholder={t("floor.oee.note")} aria-label={t("floor.oee.note")} />
      </div>
    </Modal>
  );
}

/** Every machine and what it does now; whoever may, says what it does from now on. */
export function StatesTab({ span }: { span: Span }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const { ago } = useFormats();
  const [entering, setEntering] = useState<MachineNow | null>(null);
  const [opened, setOpened] = useState<MachineNow | null>(null);
  const query = useQuery({ queryKey: ["oee", "machines"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/machines", { signal })) });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  if (query.data.length === 0) return <Empty title={t("floor.oee.emptyTitle")} text={t("floor.oee.emptyText")} />;
  return (
    <>
      <ul className="machines">
        {query.data.map((machine) => {
          const state = stateOf(machine.state);
          return (
            <li key={machine.uri} className={`panel machine machine-${state ?? "unknown"}`}>
              <button type="button" className="text-link machine-name" onClick={() => setOpened(machine)}>
                {named(language, machine.name_zh, machine.name_en)}
              </button>
              <span className="machine-state">{state ? t(`floor.oee.state.${state}`) : t("floor.wip.notRecorded")}</span>
              <span className="muted">{[reasonText(t, machine.reason), machine.note, machine.since && ago(machine.since)].filter(Boolean).join(" · ")}</span>
              {may("production:state:write") && (
                <Button size="small" onClick={() => setEntering(machine)}>
                  {t("floor.oee.enter")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {entering && <EnterState machine={entering} onClose={() => setEntering(null)} />}
      <MachineDrawer row={opened && { ...opened, key: opened.uri }} span={span} onClose={() => setOpened(null)} />
    </>
  );
}

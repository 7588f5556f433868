import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import type { OpenPull, PullBoard } from "../../api/floor";
import { useMay } from "../../api/session";
import { tailOf } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { unitText } from "../../trace/units";
import { useNow } from "../andon/useNow";
import { durationText } from "../floor/duration";
import { Figure } from "../floor/Figure";
import { useReportProblem } from "../ProblemView";
import { Deliver } from "./Deliver";
import { amountText, materialOf, placeOf, seconds } from "./look";

function Answers({ open }: { open: OpenPull }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [doing, setDoing] = useState<"deliver" | "cancel" | null>(null);
  const [reason, setReason] = useState("");
  const params = { params: { path: { call_id: open.call.id } } };
  const done = { onSettled: () => cache.invalidateQueries({ queryKey: ["pulls"] }), onError: report };
  const pick = useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/production/pulls/calls/{call_id}/pick", params)), ...done });
  const cancel = useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/production/pulls/calls/{call_id}/cancel", { ...params, body: { reason } })), onSuccess: () => setDoing(null), ...done });
  const delivers = may("production:pull:deliver");
  return (
    <Flex gap={8} wrap="wrap" className="pull-answers">
      {delivers && open.call.state === "requested" && (
        <Button type="primary" loading={pick.isPending} data-action="pick" onClick={() => pick.mutate()}>
          {t("pulls.pick")}
        </Button>
      )}
      {delivers && (
        <Button type={open.call.state === "picking" ? "primary" : "default"} data-action="deliver" onClick={() => setDoing("deliver")}>
          {t("pulls.deliver")}
        </Button>
      )}
      {may("production:pull:call") && (
        <Button type="text" onClick={() => setDoing("cancel")}>
          {t("pulls.cancel")}
        </Button>
      )}
      {doing === "deliver" && <Deliver open={open} onClose={() => setDoing(null)} />}
      {doing === "cancel" && (
        <Modal open title={t("pulls.cancelTitle")} okButtonProps={{ disabled: !reason.trim() }} confirmLoading={cancel.isPending} onCancel={() => setDoing(null)} onOk={() => cancel.mutate()}>
          <label>
            {t("pulls.cancelReason")}
            <Input value={reason} maxLength={400} autoFocus onChange={(event) => setReason(event.target.value)} />
          </label>
        </Modal>
      )}
    </Flex>
  );
}

function Fetch({ open, tv }: { open: OpenPull; tv: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const formats = useFormats();
  const unit = unitText(open.call.unit, t("trace.piece"));
  if (open.fetch.length === 0)
    return <p className="pull-nothing">{!tv && may("production:order:read") ? <Link to="/production/shortages">{t("pulls.fetchNone")}</Link> : t("pulls.fetchNone")}</p>;
  return (
    <div className="pull-fetch">
      <span className="muted">{t("pulls.fetch")}</span>
      <ol>
        {open.fetch.slice(0, tv ? 1 : 3).map((lot) => (
          <li key={`${lot.uri} ${lot.place ?? ""}`}>
            <strong className="code">{lot.code}</strong> <span className="num">{amountText(formats.decimal(lot.quantity), unit)}</span> · {placeOf(lot, language)}
            {lot.expiry && <small className="muted"> {t("pulls.fetchUntil", { expiry: lot.expiry })}</small>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Card({ open, now, tv }: { open: OpenPull; now: number; tv: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const { call } = open;
  const left = seconds(new Date(now).toISOString(), call.due);
  const late = left < 0;
  return (
    <li className={`panel pull-card pull-${call.state}${late ? " pull-late" : ""}`} data-call={call.id}>
      <div className="pull-head">
        <span>
          <strong className="pull-material">{materialOf(call, language)}</strong>
          <span className="pull-place">→ {placeOf(call, language)}</span>
        </span>
        <span className="num pull-amount">{amountText(formats.decimal(call.quantity), unitText(call.unit, t("trace.piece")))}</span>
      </div>
      <p className="pull-times">
        <Tag color={call.state === "picking" ? "processing" : "default"}>{t(`pulls.state.${call.state}`)}</Tag>
        <time className="num" dateTime={call.requested}>
          {durationText(t, Math.max(0, seconds(call.requested, now)))}
        </time>
        <span className={late ? "pull-over" : "muted"}>{late ? t("pulls.late", { time: durationText(t, -left) }) : t("pulls.dueIn", { time: durationText(t, left) })}</span>
      </p>
      <Fetch open={open} tv={tv} />
      <p className="muted pull-foot">
        <span>
          {t(`pulls.origin.${call.origin}`)}
          {call.card && ` ${call.card}`}
        </span>
        {call.origin !== "minimum" && <span>{t("pulls.by", { name: call.requested_by })}</span>}
        {call.picking_by && <span>{t("pulls.fetchedBy", { name: call.picking_by })}</span>}
        {call.work_order && <span>{tailOf(call.work_order)}</span>}
        {call.note && <span>{call.note}</span>}
      </p>
      {!tv && <Answers open={open} />}
    </li>
  );
}

/** Every open call as a card, the most overdue first, with what to fetch and where. */
export function Board({ board, tv }: { board: PullBoard; tv: boolean }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const now = useNow();
  const overdue = board.open.filter(({ call }) => Date.parse(call.due) < now).length;
  return (
    <>
      <div className="figures">
        <Figure label={t("pulls.open")} value={number(board.open.length)} />
        <Figure label={t("pulls.overdue")} value={number(overdue)} bad={overdue > 0} />
        <Figure label={t("pulls.low")} value={number(board.low)} note={t("pulls.lowHelp")} bad={board.low > 0} />
        <Figure label={t("pulls.delivered")} value={number(board.delivered)} note={`${t("pulls.inHours", { hours: board.hours })} · ${t("pulls.lateOf", { late: board.late })}`} />
        <Figure label={t("pulls.lead")} value={durationText(t, board.lead_median)} note={t("pulls.leadHelp")} />
      </div>
      {board.open.length === 0 ? (
        <Empty title={t("pulls.quietTitle")} text={t("pulls.quietText")} />
      ) : (
        <ul className="pull-cards" aria-label={t("pulls.open")}>
          {board.open.map((open) => (
            <Card key={open.call.id} open={open} now={now} tv={tv} />
          ))}
        </ul>
      )}
    </>
  );
}

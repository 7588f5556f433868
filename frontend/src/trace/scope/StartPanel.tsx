import { AimOutlined, SlidersOutlined } from "@ant-design/icons";
import { Button, Checkbox, DatePicker, InputNumber, Popover, Segmented } from "antd";
import dayjs from "dayjs";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { useMay } from "../../api/session";
import { CodesStart } from "./CodesStart";
import { EventsStart } from "./EventsStart";
import { isAsked, MODES, type Question } from "./question";

interface PartProps {
  readonly draft: Question;
  readonly onDraft: (draft: Question) => void;
}

function OptionsForm({ draft, onDraft }: PartProps) {
  const { t } = useTranslation();
  const id = useId();
  const change = (part: Partial<Question>): void => onDraft({ ...draft, ...part });
  return (
    <div className="options">
      <div className="option">
        <label htmlFor={`${id}as-of`}>{t("trace.options.asOf")}</label>
        <DatePicker
          id={`${id}as-of`}
          showTime
          value={draft.asOf === null ? null : dayjs(draft.asOf)}
          placeholder={t("trace.options.now")}
          onChange={(value: dayjs.Dayjs | null) => change({ asOf: value?.toISOString() ?? null })}
        />
        <small className="muted">{t("trace.options.asOfHelp")}</small>
      </div>
      <div className="option">
        <label htmlFor={`${id}depth`}>{t("trace.options.depth")}</label>
        <InputNumber id={`${id}depth`} min={1} max={9999} value={draft.depth} placeholder={t("trace.options.depthAll")} onChange={(depth) => change({ depth })} />
      </div>
      <div className="option">
        <label htmlFor={`${id}limit`}>{t("scope.options.limit")}</label>
        <InputNumber id={`${id}limit`} min={1} max={9_999_999} value={draft.limit} placeholder={t("trace.options.depthAll")} onChange={(limit) => change({ limit })} />
        <small className="muted">{t("scope.options.limitHelp")}</small>
      </div>
      <div className="option">
        <Checkbox checked={draft.siblings} onChange={(event) => change({ siblings: event.target.checked })}>
          {t("trace.options.siblings")}
        </Checkbox>
        <small className="muted">{t("trace.options.siblingsHelp")}</small>
      </div>
      <div className="option">
        <Checkbox checked={draft.closure} onChange={(event) => change({ closure: event.target.checked })}>
          {t("scope.options.compare")}
        </Checkbox>
        <small className="muted">{t("scope.options.compareHelp")}</small>
      </div>
    </div>
  );
}

function OptionsButton(props: PartProps) {
  const { t } = useTranslation();
  const { asOf, depth, limit, siblings, closure } = props.draft;
  const changed = [asOf, depth, limit].filter((value) => value !== null).length + (siblings ? 1 : 0) + (closure ? 0 : 1);
  return (
    <Popover trigger="click" placement="bottomRight" content={<OptionsForm {...props} />}>
      <Button icon={<SlidersOutlined />} className={changed ? "options-changed" : ""}>
        {changed ? t("trace.options.active", { count: changed }) : t("trace.options.label")}
      </Button>
    </Popover>
  );
}

interface StartPanelProps {
  readonly question: Question;
  readonly busy: boolean;
  readonly onAsk: (question: Question) => void;
}

/** Where the question starts, which way it goes, and how. */
export function StartPanel({ question, busy, onAsk }: StartPanelProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [draft, setDraft] = useState(question);
  const modes = may("trace:event:read") ? MODES : (["codes"] as const);
  const ask = (): void => {
    if (isAsked(draft)) onAsk(draft);
  };
  return (
    <section className="panel scope-start" aria-label={t("scope.start.title")}>
      <div className="scope-start-head">
        <Segmented
          aria-label={t("scope.start.title")}
          value={draft.mode}
          onChange={(mode) => setDraft({ ...draft, mode })}
          options={modes.map((mode) => ({ value: mode, label: t(`scope.start.${mode}`) }))}
        />
        <Segmented
          aria-label={t("trace.direction.label")}
          value={draft.direction}
          onChange={(direction) => setDraft({ ...draft, direction })}
          options={(["forward", "back"] as const).map((way) => ({ value: way, label: t(`scope.way.${way}`) }))}
        />
      </div>
      {draft.mode === "codes" ? <CodesStart draft={draft} onDraft={setDraft} onAsk={ask} /> : <EventsStart draft={draft} onDraft={setDraft} />}
      <div className="scope-start-foot">
        <OptionsButton draft={draft} onDraft={setDraft} />
        <Button type="primary" size="large" icon={<AimOutlined />} disabled={!isAsked(draft)} loading={busy} onClick={ask}>
          {t(`scope.ask.${draft.direction}`)}
        </Button>
      </div>
    </section>
  );
}

import { SlidersOutlined } from "@ant-design/icons";
import { Button, Checkbox, DatePicker, InputNumber, Popover } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { changedOptions, NO_OPTIONS, type TraceOptions } from "./deskState";

interface OptionsProps {
  readonly options: TraceOptions;
  readonly onOptions: (options: TraceOptions) => void;
}

function Field({ id, label, help, children }: { id?: string; label: string; help: string; children: ReactNode }) {
  return (
    <div className="option">
      <label htmlFor={id}>{label}</label>
      {children}
      <small className="muted">{help}</small>
    </div>
  );
}

function Form({ options, onOptions }: OptionsProps) {
  const { t } = useTranslation();
  const id = useId();
  const moment = (value: string | null): dayjs.Dayjs | null => (value === null ? null : dayjs(value));
  const iso = (value: dayjs.Dayjs | null): string | null => value?.toISOString() ?? null;
  const change = (part: Partial<TraceOptions>): void => onOptions({ ...options, ...part });
  return (
    <div className="options">
      <Field id={`${id}as-of`} label={t("trace.options.asOf")} help={t("trace.options.asOfHelp")}>
        <DatePicker id={`${id}as-of`} showTime value={moment(options.asOf)} onChange={(value) => change({ asOf: iso(value) })} placeholder={t("trace.options.now")} />
      </Field>
      <Field id={`${id}from`} label={t("trace.options.from")} help={t("trace.options.fromHelp")}>
        <DatePicker id={`${id}from`} showTime value={moment(options.from)} onChange={(value) => change({ from: iso(value) })} />
      </Field>
      <div className="option">
        <label htmlFor={`${id}depth`}>{t("trace.options.depth")}</label>
        <InputNumber
          id={`${id}depth`}
          min={1}
          max={99}
          value={options.depth}
          placeholder={t("trace.options.depthAll")}
          onChange={(depth) => change({ depth })}
        />
      </div>
      <div className="option">
        <Checkbox checked={options.siblings} onChange={(event) => change({ siblings: event.target.checked })}>
          {t("trace.options.siblings")}
        </Checkbox>
        <small className="muted">{t("trace.options.siblingsHelp")}</small>
      </div>
      <div className="option">
        <Checkbox checked={options.closure} onChange={(event) => change({ closure: event.target.checked })}>
          {t("trace.options.closure")}
        </Checkbox>
        <small className="muted">{t("trace.options.closureHelp")}</small>
      </div>
      <Button disabled={changedOptions(options) === 0} onClick={() => onOptions(NO_OPTIONS)}>
        {t("trace.options.reset")}
      </Button>
    </div>
  );
}

/** What narrows or widens the question. */
export function Options(props: OptionsProps) {
  const { t } = useTranslation();
  const changed = changedOptions(props.options);
  return (
    <Popover trigger="click" placement="bottomLeft" content={<Form {...props} />}>
      <Button icon={<SlidersOutlined />} className={changed ? "options-changed" : ""}>
        {changed ? t("trace.options.active", { count: changed }) : t("trace.options.label")}
      </Button>
    </Popover>
  );
}

import { CheckCircleFilled, ExperimentFilled, InboxOutlined, MessageFilled, ToolFilled, WarningFilled } from "@ant-design/icons";
import type { ReactNode } from "react";

import type { AndonCall, AndonReason } from "../../api/floor";
import { tailOf } from "../../api/vocabulary";
import { named, type useLanguage } from "../../i18n/language";

type Language = ReturnType<typeof useLanguage>;

/** Each reason has a shape of its own: colours are not for everybody. */
export const REASON_ICONS: Record<AndonReason, ReactNode> = {
  equipment: <ToolFilled aria-hidden />,
  quality: <ExperimentFilled aria-hidden />,
  material: <InboxOutlined aria-hidden />,
  safety: <WarningFilled aria-hidden />,
  other: <MessageFilled aria-hidden />,
};

export const COMING = <CheckCircleFilled aria-hidden />;

/** Where a call is from: the machine, else the place. */
export function stationOf(call: AndonCall, language: Language, otherwise: string): string {
  const machine = named(language, call.equipment_zh, call.equipment_en, call.equipment ? tailOf(call.equipment) : "");
  return machine || named(language, call.place_zh, call.place_en, call.place ? tailOf(call.place) : "") || otherwise;
}

/** Order, operation and item of a call, as far as they are known. */
export function workOf(call: AndonCall, language: Language): string {
  const { work_order, operation_zh, operation_en, item } = call;
  return [work_order && tailOf(work_order), named(language, operation_zh, operation_en), item && tailOf(item)].filter(Boolean).join(" · ");
}

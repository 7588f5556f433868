import type { PaginationProps } from "antd";
import type { TFunction } from "i18next";
import { cloneElement, isValidElement } from "react";

/** For antd's pagination: its buttons to the pages before and after have nothing but an icon, so they are named. */
export function namedTurns(t: TFunction): NonNullable<PaginationProps["itemRender"]> {
  return (_page, kind, drawn) => {
    const name = kind === "prev" ? t("list.previous") : kind === "next" ? t("list.next") : null;
    return name && isValidElement<{ "aria-label"?: string }>(drawn) ? cloneElement(drawn, { "aria-label": name }) : drawn;
  };
}

import type { MouseEvent } from "react";

/** Whether a click is about the row: not about a button in it, nor about a menu or dialog that such a button opened. */
export function isAboutRow({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  return target instanceof Element && currentTarget.contains(target) && target.closest("button, a, input, [role=button]") === null;
}

import { useCallback } from "react";

import { useSessionQuery } from "./session";

/** Groups of fields that a right of their own opens; for who does not hold it, every answer has them blank. */
export type FieldGroup = "people" | "parties" | "measured";

const NONE: readonly FieldGroup[] = [];

/** The groups that the signed-in person does not see. */
export function useWithheldGroups(): readonly FieldGroup[] {
  return useSessionQuery().data?.withheld ?? NONE;
}

/** Whether a group is blank for the signed-in person: an empty place then does not mean that there is nothing. */
export function useWithheld(): (group: FieldGroup) => boolean {
  const groups = useWithheldGroups();
  return useCallback((group: FieldGroup) => groups.includes(group), [groups]);
}

import type { TFunction } from "i18next";

export const STATES = ["running", "idle", "setup", "down", "off"] as const;
export type MachineState = (typeof STATES)[number];
/** The reasons of each state, as the server takes them. */
export const REASONS = {
  running: [],
  idle: ["no_material", "no_order", "no_person", "blocked"],
  setup: ["changeover", "adjusting", "cleaning"],
  down: ["breakdown", "tool", "quality", "maintenance"],
  off: ["no_shift", "break"],
} as const;
type Reason = (typeof REASONS)[MachineState][number];
const ALL: readonly Reason[] = STATES.flatMap((state): readonly Reason[] => REASONS[state]);

export function stateOf(state: string | null | undefined): MachineState | null {
  return STATES.find((known) => known === state) ?? null;
}

export function reasonText(t: TFunction, reason: string | null | undefined): string {
  const known = ALL.find((each) => each === reason);
  return known ? t(`floor.oee.reason.${known}`) : (reason ?? "");
}

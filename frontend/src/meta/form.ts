import type { ReactNode } from "react";

import type { Problem } from "../api/problem";
import type { Choice } from "../api/vocabulary";

/** One field of a form, as data. A `suggestion` is a text that may be chosen from a list. `custom` fields bring their own control, which takes a list as `value` and `onChange`. */
export type FormField =
  | ({ kind: "text"; pattern?: RegExp; patternText?: string; autoComplete?: string; code?: boolean } & Described)
  | ({ kind: "password"; autoComplete: string } & Described)
  | ({ kind: "choice"; choices: readonly Choice[] } & Described)
  | ({ kind: "suggestion"; choices: readonly Choice[] } & Described)
  | ({ kind: "number"; least: number; most: number; unit?: string } & Described)
  | ({ kind: "switch" } & Described)
  | ({ kind: "date" } & Described)
  | ({ kind: "custom"; control: ReactNode } & Described);

interface Described {
  name: string;
  label: string;
  help?: string;
  required?: boolean;
  max?: number;
}

export interface FieldFault {
  name: string;
  message: string;
}

/** The field a refusal points at, if the form has it: `/roles/0/site_id` belongs to the field `roles`. */
export function fieldFault(fields: readonly FormField[], problem: Problem, message: string): FieldFault | null {
  const steps = problem.field;
  if (!steps) return null;
  // some refusals name the place inside the request (`/body/payload/login`), so any step may be the field's name
  const field = fields.find(({ name }) => steps.includes(name));
  return field ? { name: field.name, message } : null;
}

import type { DestinationName } from "../destinations";
import { destinationOf } from "../destinations";

/** Whose work a chapter is about, in the order of the manual; a chapter may stand under several. */
export const ROLES = {
  everybody: ["first-steps"],
  operator: ["pda", "codes-and-packing", "material-calls"],
  quality: ["trace-desk", "scope", "common-causes", "entry-quality"],
  planner: ["planning-production", "running-production", "material-calls"],
  warehouse: ["material-calls", "codes-and-packing", "labels"],
  process: ["trace-nodes", "planning-production", "code-rules", "labels", "imports"],
  administrator: ["people-and-rights", "imports", "consumer-page", "operating-the-database"],
  auditor: ["integrity", "signing", "people-and-rights"],
  integrator: ["integrators", "capture", "operating-the-database"],
} as const;

export type Role = keyof typeof ROLES;
export type Chapter = (typeof ROLES)[Role][number];
export const ROLE_NAMES = Object.keys(ROLES) as Role[];

/** A place in the manual: a chapter, and which of its second-level headings (from 1), the same in both languages. */
interface Place {
  chapter: Chapter;
  section?: number;
}

const PAGES: Record<DestinationName | "account", Place> = {
  home: { chapter: "first-steps", section: 3 },
  trace: { chapter: "trace-desk" },
  scope: { chapter: "scope" },
  causes: { chapter: "common-causes" },
  events: { chapter: "capture" },
  history: { chapter: "running-production", section: 1 },
  stations: { chapter: "pda" },
  imports: { chapter: "imports" },
  capture: { chapter: "capture", section: 2 },
  packing: { chapter: "codes-and-packing", section: 2 },
  decode: { chapter: "codes-and-packing", section: 1 },
  labels: { chapter: "labels" },
  codes: { chapter: "code-rules", section: 2 },
  quality: { chapter: "entry-quality" },
  orders: { chapter: "planning-production", section: 4 },
  demand: { chapter: "planning-production", section: 5 },
  wip: { chapter: "running-production", section: 2 },
  andon: { chapter: "running-production", section: 5 },
  pulls: { chapter: "material-calls" },
  shortages: { chapter: "material-calls", section: 5 },
  oee: { chapter: "running-production", section: 3 },
  instructions: { chapter: "running-production", section: 4 },
  plant: { chapter: "planning-production", section: 1 },
  nodes: { chapter: "trace-nodes" },
  actions: { chapter: "trace-nodes", section: 6 },
  making: { chapter: "planning-production", section: 2 },
  codeRules: { chapter: "code-rules", section: 1 },
  products: { chapter: "consumer-page", section: 2 },
  packs: { chapter: "code-rules", section: 4 },
  people: { chapter: "people-and-rights", section: 1 },
  roles: { chapter: "people-and-rights", section: 2 },
  tokens: { chapter: "people-and-rights", section: 1 },
  sites: { chapter: "people-and-rights", section: 1 },
  security: { chapter: "people-and-rights", section: 6 },
  alerts: { chapter: "people-and-rights", section: 10 },
  access: { chapter: "people-and-rights", section: 12 },
  audit: { chapter: "people-and-rights", section: 9 },
  signing: { chapter: "signing" },
  integrity: { chapter: "integrity" },
  retention: { chapter: "operating-the-database", section: 6 },
  transfers: { chapter: "operating-the-database", section: 5 },
  feedback: { chapter: "first-steps", section: 5 },
  account: { chapter: "people-and-rights", section: 3 },
};
/** Designers whose address begins otherwise than that of their list. */
const OTHERWISE: readonly [string, Place][] = [
  ["/bills/", { chapter: "planning-production", section: 3 }],
  ["/labels/", { chapter: "labels" }],
];

export function addressOf({ chapter, section }: Place): string {
  return `/help/${chapter}${section === undefined ? "" : `?at=${section}`}`;
}

/** Where the manual tells of a page of the console. */
export function helpFor(pathname: string): string {
  const name = destinationOf(pathname)?.name ?? (pathname === "/account" ? "account" : undefined);
  const place = name ? PAGES[name] : OTHERWISE.find(([start]) => pathname.startsWith(start))?.[1];
  return addressOf(place ?? { chapter: "first-steps" });
}

/** Every place that pages lead to, for the test that each is there. */
export const PLACES: readonly Place[] = [...Object.values(PAGES), ...OTHERWISE.map(([, place]) => place)];

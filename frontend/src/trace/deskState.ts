import { useCallback, useMemo } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

export const DIRECTIONS = ["back", "forward", "both"] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const TABS = ["graph", "timeline", "list", "materials", "people", "parameters", "places", "gaps"] as const;
export type Tab = (typeof TABS)[number];

/** What narrows or widens the question; absent means the default. */
export interface TraceOptions {
  readonly asOf: string | null;
  readonly from: string | null;
  readonly depth: number | null;
  readonly siblings: boolean;
  readonly closure: boolean;
}

/** Everything that a link to the desk carries. */
export interface DeskState {
  readonly code: string | null;
  readonly itemId: number | null;
  readonly direction: Direction;
  /** null: the first tab of the layout at hand. */
  readonly tab: Tab | null;
  readonly event: number | null;
  readonly mode: "focus" | "whole";
  /** Levels of the focus view; Infinity for all. */
  readonly levels: number;
  readonly options: TraceOptions;
}

export const NO_OPTIONS: TraceOptions = { asOf: null, from: null, depth: null, siblings: false, closure: false };
export const DEFAULT_LEVELS = 4;

const oneOf = <Word extends string>(words: readonly Word[], value: string | null): Word | null => words.find((word) => word === value) ?? null;
const whole = (value: string | null): number | null => (value !== null && /^\d{1,12}$/u.test(value) ? Number(value) : null);
const moment = (value: string | null): string | null => (value !== null && !Number.isNaN(Date.parse(value)) ? value : null);

/** Read an address; anything unreadable in it falls back to the default. */
export function parseDesk(itemId: string | undefined, query: URLSearchParams): DeskState {
  return {
    code: query.get("code"),
    itemId: whole(itemId ?? null),
    direction: oneOf(DIRECTIONS, query.get("direction")) ?? "both",
    tab: oneOf(TABS, query.get("tab")),
    event: whole(query.get("event")),
    mode: query.get("view") === "whole" ? "whole" : "focus",
    levels: query.get("levels") === "all" ? Infinity : (whole(query.get("levels")) ?? DEFAULT_LEVELS),
    options: {
      asOf: moment(query.get("as_of")), from: moment(query.get("from")), depth: whole(query.get("depth")),
      siblings: query.get("siblings") === "true", closure: query.get("closure") === "true",
    },
  };
}

/** The address of a state: only what differs from the default, in a fixed order. */
export function deskAddress(state: DeskState): string {
  const { options } = state;
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | null, plain: string | number | null = null): void => {
    if (value !== null && value !== plain) query.set(name, String(value));
  };
  if (state.itemId === null) put("code", state.code);
  put("direction", state.direction, "both");
  put("tab", state.tab);
  put("view", state.mode, "focus");
  put("levels", state.levels === Infinity ? "all" : state.levels, DEFAULT_LEVELS);
  put("as_of", options.asOf);
  put("from", options.from);
  put("depth", options.depth);
  put("siblings", options.siblings ? "true" : null);
  put("closure", options.closure ? "true" : null);
  put("event", state.event);
  const text = query.toString();
  return `/trace${state.itemId === null ? "" : `/${state.itemId}`}${text ? `?${text}` : ""}`;
}

export const changedOptions = (options: TraceOptions): number =>
  (options.asOf ? 1 : 0) + (options.from ? 1 : 0) + (options.depth === null ? 0 : 1) + (options.siblings ? 1 : 0) + (options.closure ? 1 : 0);

export interface Desk {
  readonly state: DeskState;
  /** Change how the question is looked at; the history keeps one entry. */
  readonly set: (part: Partial<DeskState>) => void;
  /** Another item or code: a new entry in the history, the way of looking stays. */
  readonly open: (target: { itemId: number } | { code: string }) => void;
}

/** The desk's state, kept in the address. */
export function useDesk(): Desk {
  const { itemId } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const state = useMemo(() => parseDesk(itemId, query), [itemId, query]);
  const set = useCallback((part: Partial<DeskState>) => void navigate(deskAddress({ ...state, ...part }), { replace: true }), [navigate, state]);
  const open = useCallback(
    (target: { itemId: number } | { code: string }) => {
      const next = { ...state, event: null, code: "code" in target ? target.code : null, itemId: "itemId" in target ? target.itemId : null };
      void navigate(deskAddress(next));
    },
    [navigate, state],
  );
  return { state, set, open };
}

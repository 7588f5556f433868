/** One entry in the making: what was scanned and typed, how, and what somebody let pass. */
import { useCallback, useMemo, useRef, useState } from "react";

import { type DeviceFault, type FieldValue, type FormContext, type FormState, type Masters, type Node, SILENT_KINDS, TYPED_KINDS, type Taken, type Values, bars, evaluate, formState, mostOf, repeats, takeScan } from "../capture";
import { personOf, seenAt, submit } from "./device";
import { execution, learnedOf } from "./execution";
import { learn, useFloor } from "./floor";
import type { Entry, Way } from "./offline/disk";
import { deviceTime } from "./offline/queue";
import { withSeparators } from "./scan/wedge";
import { signal } from "./signals";
import { tell, usePda } from "./state";
import { type Translate, named, useText } from "./texts";

const NO_MASTERS: Masters = { products: [], places: [], equipment: [], people: [] };

export interface Draft {
  values: Values;
  how: Record<string, Way>;
  overrides: { check: string; reason: string }[];
}

/** A scan that was refused, or that needs a word; it can be let pass. */
export interface Held {
  taken: Taken;
  way: Way;
}

const EMPTY: Draft = { values: {}, how: {}, overrides: [] };

/** What stays for the next entry. */
function kept(node: Node, { values }: Draft): Draft {
  const fields = node.body.fields.filter(({ id, keep }) => keep === true && values[id] !== undefined && values[id] !== null);
  return { values: Object.fromEntries(fields.map(({ id }) => [id, values[id]])), how: Object.fromEntries(fields.map(({ id }) => [id, "kept" as const])), overrides: [] };
}

export function faultTexts(t: Translate, language: "zh" | "en", fault: DeviceFault): { text: string; remedy: string } {
  const { class: given } = fault.params;
  const params = { ...fault.params, ...(given === undefined ? {} : { class: t(`checks.class.${given as "unit"}`), wanted: fault.params.wanted?.split(" ").map((name) => t(`checks.class.${name as "unit"}`)).join(" / ") ?? "" }) };
  const row = fault.row === undefined ? "" : t("pda.table.inRow", { n: fault.row + 1 });
  return {
    text: row + (named(language, fault.text_zh, fault.text_en) || t(`checks.${fault.code}.text`, params)),
    remedy: named(language, fault.remedy_zh, fault.remedy_en) || t(`checks.${fault.code}.remedy`, params),
  };
}

export function useContext(node: Node): () => FormContext {
  return useCallback(() => {
    const { items, online, place } = usePda.getState();
    return { now: new Date(), evaluate, items, offline: !online, station: place, seen: (uri) => seenAt(node.key, uri) };
  }, [node.key]);
}

function scannedCodes(state: FormState): string[] {
  return state.fields.flatMap(({ scanned }) => scanned.map(({ uri }) => uri));
}

/**
 * Whether an entry is over with its last scan: everything is there, nothing repeats, and what is still empty belongs to the
 * whole shift rather than to this entry (it stays from entry to entry once it is filled).
 */
function nothingToAsk(state: FormState): boolean {
  const asks = ({ field, visible, locked, filled }: FormState["fields"][number]) =>
    visible && !locked && !SILENT_KINDS.has(field.kind) && (repeats(field) || (!filled && field.keep !== true));
  return state.complete && !state.fields.some(asks);
}

export interface Work {
  draft: Draft;
  state: FormState;
  current: string | null;
  held: Held | null;
  choose: (field: string | null) => void;
  scan: (raw: string, way: Way) => void;
  set: (field: string, value: FieldValue, way: Way) => void;
  pass: (reason: string) => void;
  addAgain: () => void;
  drop: () => void;
  finish: () => void;
  barring: readonly DeviceFault[];
  /** What this device cannot check; names of texts. */
  unknown: readonly string[];
}

/** `correcting`: the refused entry whose values are the start, and that the new one replaces. */
export function useEntry(node: Node, correcting: Entry | null): Work {
  const t = useText();
  const language = usePda((state) => state.settings.language);
  const items = usePda((state) => state.items);
  const [draft, setDraft] = useState<Draft>(() => (correcting ? { values: correcting.reading.values, how: { ...correcting.reading.how }, overrides: [] } : EMPTY));
  const [chosen, setChosen] = useState<string | null>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const saving = useRef(false);
  const context = useContext(node);
  const state = useMemo(() => formState(node.body, draft.values, { ...context(), items }), [node, draft, context, items]);
  const passed = draft.overrides.map(({ check }) => check);
  const session = usePda((each) => each.session);
  const person = personOf(session);
  const floor = useFloor();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- what is known of production is asked for inside
  const judged = useMemo(() => execution(node, state, person), [node, state, person, floor]);
  const barring = [...state.faults, ...judged.faults].filter((fault) => bars(fault, passed));
  const faulty = state.fields.find(({ visible, filled, fault }) => visible && filled && fault !== null)?.field.id;
  const current = chosen ?? state.next ?? faulty ?? state.fields.findLast(({ field, visible }) => visible && repeats(field))?.field.id ?? null;

  const refuse = (faults: readonly DeviceFault[], verdict: "refused" | "warn") => {
    const first = faults.find(({ level }) => verdict === "warn" || level !== "warn");
    const texts = first ? faultTexts(t, language, first) : { text: t("pda.entry.nothing"), remedy: "" };
    tell({ verdict, title: t(`pda.verdict.${verdict}`), ...texts });
    signal(verdict);
  };

  const save = async (done: Draft) => {
    if (saving.current) return;
    const now = new Date();
    const full = formState(node.body, done.values, context());
    const let_through = done.overrides.map(({ check }) => check);
    const whole = execution(node, full, person);
    const barred = [...full.faults, ...whole.faults].filter((fault) => bars(fault, let_through));
    if (barred.length) {
      refuse(barred, "refused");
      setChosen(full.fields.find(({ field, visible }) => visible && field.id === barred[0]?.field?.split(".")[0])?.field.id ?? null);
      return;
    }
    if (!full.complete) {
      setChosen(null);
      return;
    }
    saving.current = true;
    const defaults = full.fields.filter(({ field, filled }) => filled && done.values[field.id] === undefined).map(({ field }) => [field.id, "default"] as const);
    const how = Object.fromEntries([...Object.entries(done.how).filter(([id]) => full.values[id] !== undefined), ...defaults]) as Record<string, Way>;
    try {
      const instead = correcting ? { instead: { entry: correcting, reason: done.overrides[0]?.reason ?? t("pda.entry.correct") } } : {};
      await submit({ node: node.key, version: node.version, taken: deviceTime(now), values: full.values as Record<string, FieldValue>, how, overrides: done.overrides }, scannedCodes(full), instead.instead);
      await learn(learnedOf(whole));
      signal("ok");
      const { online } = usePda.getState();
      tell({ verdict: "ok", title: online ? t("pda.entry.recorded") : t("pda.entry.recordedWaits"), text: full.fields.flatMap(({ scanned }) => scanned.slice(-1).map(({ label }) => label)).slice(0, 3).join(" · "), remedy: "" });
      setDraft(kept(node, done));
      setChosen(null);
    } catch {
      // only the device's own storage can fail here: full, or taken away
      tell({ verdict: "refused", title: t("pda.entry.lost"), text: "", remedy: "" });
      signal("refused");
    } finally {
      saving.current = false;
    }
  };

  /** Take the values on; where nothing is left to ask and the last thing was a scan, the entry is done. */
  const advance = (next: Draft, field: string | null, way: Way) => {
    setDraft(next);
    const taken = node.body.fields.find(({ id }) => id === field);
    // rows go on until somebody says that they are all
    setChosen(taken?.kind === "sub_table" ? taken.id : null);
    setHeld(null);
    const byScan = (way === "scan" || way === "camera") && taken?.advance !== false;
    if (byScan && !correcting && nothingToAsk(formState(node.body, next.values, context()))) void save(next);
  };

  /** A scan that the form takes may still be the wrong thing for the order. */
  const judgedScan = (taken: Taken): Taken => {
    if (taken.field === null || taken.verdict === "ask") return taken;
    const { faults } = execution(node, formState(node.body, taken.values, context()), person);
    const own = faults.filter((fault) => fault.field === taken.field);
    if (!own.length) return taken;
    const verdict = own.some((fault) => bars(fault, passed)) ? "refused" : taken.verdict === "ok" ? "warn" : taken.verdict;
    return { ...taken, verdict, faults: [...taken.faults, ...own] };
  };

  const put = (taken: Taken, way: Way, overrides: Draft["overrides"]) => advance({ values: taken.values, how: { ...draft.how, ...(taken.field === null ? {} : { [taken.field]: way }) }, overrides }, taken.field, way);

  const scan = (raw: string, way: Way) => {
    const { station, settings } = usePda.getState();
    const code = withSeparators(raw, [settings.gs, ...(station?.rules.gs_substitutes ?? [])]);
    const taken = judgedScan(takeScan(node.body, draft.values, code, current, station?.masters ?? NO_MASTERS, context(), passed));
    if (taken.verdict === "refused" || taken.verdict === "ask") {
      setHeld({ taken, way });
      if (taken.verdict === "refused") refuse(taken.faults, "refused");
      else signal("warn");
      return;
    }
    if (taken.verdict === "warn") refuse(taken.faults, "warn");
    else {
      signal("tick");
      usePda.setState({ notice: null });
    }
    put(taken, way, draft.overrides);
  };

  return {
    draft, state, current, held, barring, scan, unknown: judged.unknown,
    choose: setChosen,
    set: (field, value, way) => {
      const next = { ...draft, values: { ...draft.values, [field]: value ?? undefined }, how: { ...draft.how, [field]: way } };
      const kind = node.body.fields.find(({ id }) => id === field);
      // a single choice needs no further word; what is typed waits for “next”
      const done = way === "voice" || (kind?.many !== true && kind !== undefined && mostOf(kind) === 1 && !TYPED_KINDS.has(kind.kind) && !["scan", "sub_table"].includes(kind.kind));
      setDraft(next);
      setChosen(done ? null : field);
    },
    pass: (reason) => {
      const checks = (held ? held.taken.faults : barring).flatMap(({ check, level }) => (check !== null && level === "approve" ? [{ check, reason }] : []));
      const overrides = [...draft.overrides.filter(({ check }) => !checks.some((each) => each.check === check)), ...checks];
      usePda.setState({ notice: null });
      if (held) put(held.taken, held.way, overrides);
      else setDraft({ ...draft, overrides });
    },
    addAgain: () => {
      if (held) put(held.taken, held.way, draft.overrides);
    },
    drop: () => setHeld(null),
    finish: () => void save(draft),
  };
}

/** Calling for somebody: one press on what is the matter; where, for which order and item is known. */
import { useState } from "react";

import { Problem } from "../../api/problem";
import { type FormState, singles } from "../../capture";
import { type Call, callOut, useFloor } from "../floor";
import { deviceTime, uuid } from "../offline/queue";
import { Icon, type IconName } from "../parts/icons";
import { Bar, NoticeView } from "../parts/parts";
import { go } from "../parts/route";
import { signal } from "../signals";
import { tell, usePda } from "../state";
import { named, useText } from "../texts";

type From = Pick<Call, "node" | "work_order" | "item" | "equipment">;

const ICONS: Record<string, IconName> = { equipment: "settings", quality: "inspect", material: "pick", safety: "warn", other: "person" };
let from: From = { node: null, work_order: null, item: null, equipment: null };

/** Open the page for a call from here. */
export function callFrom(given: From): void {
  from = given;
  go("call");
}

const uriIn = (text: string): string | null => (/^(?:urn:|https?:)\S+$/u.test(text) ? text : null);

/** Order, item and machine as they were entered so far. */
export function seenOf(state: FormState): Omit<From, "node"> {
  const scanned = state.fields.flatMap((each) => each.scanned);
  const orders = useFloor.getState().floor?.orders ?? [];
  const order = orders.find(({ uri, number }) => scanned.some((each) => each.uri === uri || each.raw.trim() === number));
  const item = scanned.find((each) => each.item !== null || each.class === "unit" || each.class === "lot");
  const machine = state.fields.find(({ field }) => field.kind === "equipment");
  const equipment = machine ? singles(machine.value)[0] : null;
  return { work_order: order?.uri ?? null, item: item ? uriIn(item.item?.uri ?? item.uri) : null, equipment: typeof equipment === "string" ? uriIn(equipment) : null };
}

/** The products of what was scanned so far. */
export function productsOf(state: FormState): string[] {
  const scanned = state.fields.flatMap((each) => each.scanned);
  return scanned.flatMap(({ item, gtin }) => [item?.product ?? [], gtin ? `https://id.gs1.org/01/${gtin.padStart(14, "0")}` : []].flat());
}

export function CallPage() {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const place = usePda((state) => state.place);
  const places = usePda((state) => state.station?.masters.places);
  const calls = useFloor(({ floor }) => floor?.calls) ?? [];
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const where = places?.find(({ uri }) => uri === place);
  const tail = (uri: string | null) => (uri === null ? null : decodeURIComponent(uri.split(/[:/]/u).at(-1) ?? uri));
  const about = [where && named(language, where.name_zh, where.name_en, where.code), tail(from.equipment), tail(from.work_order), tail(from.item)].filter(Boolean).join(" · ");
  const back = () => (from.node ? go("node", from.node) : go("nodes"));
  const call = async (kind: string, name: string) => {
    setBusy(true);
    try {
      const heard = await callOut({ id: uuid(), kind, place, note, called: deviceTime(new Date()), ...from });
      back();
      signal(heard ? "ok" : "warn");
      tell(heard ? { verdict: "ok", title: t("pda.call.done", { name }), text: about, remedy: "" } : { verdict: "warn", title: t("pda.call.unheard", { name }), text: "", remedy: t("pda.call.unheardText") });
    } catch (error) {
      signal("refused");
      tell({ verdict: "refused", title: t("pda.call.refused"), text: error instanceof Problem ? error.title : "", remedy: "" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="page">
      <Bar title={t("pda.call.title")} onBack={back} />
      <NoticeView />
      <main className="padded">
        {about && <p className="muted">{about}</p>}
        <label className="field">
          {t("pda.call.note")}
          <input value={note} maxLength={400} onChange={(event) => setNote(event.target.value)} />
        </label>
        <div className="tiles calls">
          {calls.map((kind) => {
            const name = named(language, kind.name_zh, kind.name_en, kind.code);
            return (
              <button key={kind.code} type="button" className={`tile call-${kind.reason}`} disabled={busy} onClick={() => void call(kind.code, name)} data-call={kind.code}>
                <Icon name={ICONS[kind.reason] ?? "person"} size={34} />
                <span>{name}</span>
              </button>
            );
          })}
        </div>
      </main>
    </div>
  );
}

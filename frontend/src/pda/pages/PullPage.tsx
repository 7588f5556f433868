/** Material: scan a card to call for it; fetch and bring what others have called for. */
import { useCallback, useEffect, useState } from "react";

import { Problem } from "../../api/problem";
import type { components } from "../../api/schema";
import { server } from "../api";
import { ScanInput } from "../fields/ScanInput";
import { pullOut } from "../floor";
import { Bar, Button, NoticeView } from "../parts/parts";
import { go } from "../parts/route";
import { signal } from "../signals";
import { tell, useMay, usePda } from "../state";
import { named, useText } from "../texts";

type OpenPull = components["schemas"]["OpenPull"];

const tail = (uri: string): string => decodeURIComponent(uri.split(/[:/]/u).at(-1) ?? uri);

/** What is called for; undefined until it is known, null where the server cannot be reached. */
function useOpen(may: boolean): [readonly OpenPull[] | null | undefined, () => void] {
  const [open, setOpen] = useState<readonly OpenPull[] | null | undefined>(may ? undefined : null);
  const ask = useCallback(() => {
    if (!may) return;
    server.pulls().then(
      (board) => setOpen(board.open),
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        setOpen(null);
      },
    );
  }, [may]);
  useEffect(ask, [ask]);
  return [open, ask];
}

/** Say what the server has against it, or that it is out of reach. */
function useRefusal(): (error: unknown) => void {
  const t = useText();
  return (error) => {
    if (!(error instanceof Problem)) throw error;
    signal("refused");
    tell({ verdict: "refused", title: t("pda.pull.refused"), text: error.status === 0 ? t("pda.pull.needsNetwork") : error.title, remedy: error.status === 0 ? "" : error.remedy });
  };
}

function Bring({ open, onDone }: { open: OpenPull; onDone: () => void }) {
  const t = useText();
  const language = usePda((state) => state.settings.language);
  const refuse = useRefusal();
  const [quantity, setQuantity] = useState("");
  const { call } = open;
  const bring = (code: string) =>
    void server.deliver(call.id, [{ code, reason: "", ...(quantity ? { quantity } : {}) }]).then(({ advice }) => {
      signal(advice.length ? "warn" : "ok");
      onDone();
      tell({ verdict: advice.length ? "warn" : "ok", title: t("pda.pull.delivered"), text: advice.join(" "), remedy: "" });
    }, refuse);
  return (
    <main className="padded">
      <h2 className="group">
        {named(language, call.material_zh, call.material_en, tail(call.material))} → {named(language, call.place_zh, call.place_en, tail(call.place))}
      </h2>
      <p className="num">{`${call.quantity} ${call.unit}`}</p>
      <ul className="plain">
        {open.fetch.map((lot) => (
          <li key={`${lot.uri} ${lot.place ?? ""}`}>{t("pda.pull.fetch", { code: lot.code, place: named(language, lot.place_zh, lot.place_en, lot.place ? tail(lot.place) : "–") })}</li>
        ))}
      </ul>
      {open.fetch.length === 0 && <p className="muted">{t("pda.pull.nothing")}</p>}
      <label className="field">
        {t("pda.pull.quantity")}
        <input value={quantity} inputMode="decimal" maxLength={20} onChange={(event) => setQuantity(event.target.value.trim())} />
      </label>
      <ScanInput label={t("pda.pull.scan")} placeholder={t("pda.pull.scan")} onScan={bring} />
      {call.state === "requested" && (
        <Button wide onPress={() => void server.post(`/production/pulls/calls/${encodeURIComponent(call.id)}/pick`, {}).then(onDone, refuse)}>
          {t("pda.pull.pick")}
        </Button>
      )}
    </main>
  );
}

export function PullPage({ call }: { call: string | null }) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const [calls, delivers] = [useMay("production:pull:call"), useMay("production:pull:deliver")];
  const [open, ask] = useOpen(useMay("production:pull:read") && delivers);
  const refuse = useRefusal();
  const chosen = open?.find(({ call: { id } }) => id === call);
  const scanned = (card: string) =>
    void pullOut(card.trim()).then((heard) => {
      signal(heard ? "ok" : "warn");
      tell(heard ? { verdict: "ok", title: t("pda.pull.called"), text: card, remedy: "" } : { verdict: "warn", title: t("pda.pull.unheard"), text: card, remedy: t("pda.pull.unheardText") });
      ask();
    }, refuse);
  if (chosen)
    return (
      <div className="page">
        <Bar title={t("pda.pull.title")} onBack={() => go("pull")} />
        <NoticeView />
        <Bring
          open={chosen}
          onDone={() => {
            go("pull");
            ask();
          }}
        />
      </div>
    );
  return (
    <div className="page">
      <Bar title={t("pda.pull.title")} onBack={() => go("nodes")} />
      <NoticeView />
      <main className="padded">
        {calls && <ScanInput label={t("pda.pull.hint")} placeholder={t("pda.pull.card")} onScan={scanned} />}
        {delivers && <h2 className="group">{t("pda.pull.open")}</h2>}
        {delivers && open === undefined && <p className="muted">{t("pda.pull.loading")}</p>}
        {delivers && open === null && <p className="muted">{t("pda.pull.away")}</p>}
        {open?.length === 0 && <p className="muted">{t("pda.pull.none")}</p>}
        {open?.length ? (
          <div className="pulls">
            {open.map(({ call: each, fetch }) => (
              <button key={each.id} type="button" className="tile" data-pull={each.id} onClick={() => go("pull", each.id)}>
                <span>
                  {named(language, each.material_zh, each.material_en, tail(each.material))} → {named(language, each.place_zh, each.place_en, tail(each.place))}
                </span>
                <small>
                  {`${each.quantity} ${each.unit}`} · {fetch[0] ? t("pda.pull.fetch", { code: fetch[0].code, place: named(language, fetch[0].place_zh, fetch[0].place_en, fetch[0].place ? tail(fetch[0].place) : "–") }) : t("pda.pull.nothing")}
                </small>
              </button>
            ))}
          </div>
        ) : null}
      </main>
    </div>
  );
}

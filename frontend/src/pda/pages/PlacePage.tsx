/** Where this device stands; asked once and remembered. */
import { useEffect } from "react";

import { masterOf } from "../../capture";
import { choosePlace } from "../device";
import { MasterPicker } from "../fields/MasterPicker";
import { Bar, Button, NoticeView } from "../parts/parts";
import { go } from "../parts/route";
import { listen } from "../scan/wedge";
import { signal } from "../signals";
import { tell, usePda } from "../state";
import { useText } from "../texts";

export function PlacePage() {
  const t = useText();
  const { place, placed, station } = usePda();
  const choose = (uri: string | null) => void choosePlace(uri).then(() => go("nodes"));
  const scan = (raw: string) => {
    const found = masterOf(station?.masters.places ?? [], raw, raw);
    signal(found ? "tick" : "refused");
    if (found) choose(found.uri);
    else tell({ verdict: "refused", title: t("pda.entry.nothing"), text: raw, remedy: "" });
  };
  useEffect(() => listen(scan));
  return (
    <div className="page places">
      <Bar title={t("pda.place.title")} onBack={placed ? () => go("nodes") : undefined} />
      <NoticeView />
      <main className="padded">
        <p className="muted">{station && !station.masters.places.length ? t("pda.place.none") : t("pda.place.hint")}</p>
        <MasterPicker label={t("pda.place.title")} list="places" value={place ?? ""} onScan={scan} onChoose={choose} />
      </main>
      <div className="foot">
        <Button wide onPress={() => choose(null)}>
          {t("pda.place.without")}
        </Button>
      </div>
    </div>
  );
}

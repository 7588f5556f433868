import { useTranslation } from "react-i18next";

import type { DecodedCode } from "../api/contract";
import { kindText } from "../console/events/eventText";
import { Empty } from "../meta/Empty";
import { tailOf } from "../api/vocabulary";
import type { Desk } from "./deskState";
import { ItemCards } from "./EmptyDesk";
import { useNear } from "./useTrace";

/** A sound code that nothing is on record for: said precisely, with what comes near it. */
export function UnknownCode({ code, decoded, desk }: { code: string; decoded: DecodedCode; desk: Desk }) {
  const { t } = useTranslation();
  const { data } = useNear(decoded, code);
  const label = decoded.serial ?? decoded.lot ?? tailOf(decoded.uri);
  return (
    <Empty title={t("trace.unknown.title")} text={t("trace.unknown.text", { kind: kindText(t, decoded.kind), label })}>
      <p className="code muted">{decoded.uri}</p>
      {data && (
        <>
          <h3>{data.length ? t("trace.unknown.near") : t("trace.unknown.noNear")}</h3>
          <ItemCards items={data} desk={desk} />
        </>
      )}
    </Empty>
  );
}

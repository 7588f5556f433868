import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DecodedCode } from "../../api/contract";

const SYMBOLS = ["datamatrix", "qr", "code128", "ean"] as const;
type Symbology = (typeof SYMBOLS)[number];

/** The code as a picture that a scanner can read off the screen. */
export function Picture({ code, decoded }: { code: string; decoded: DecodedCode }) {
  const { t } = useTranslation();
  const [symbol, setSymbol] = useState<Symbology>("datamatrix");
  const [failed, setFailed] = useState<string | null>(null);
  const hasGtin = decoded.parts.some((part) => part.ai === "01");
  const offered = SYMBOLS.filter((each) => each !== "ean" || hasGtin);
  const shown = offered.includes(symbol) ? symbol : "datamatrix";
  const name = t(`decode.picture.symbols.${shown}`);
  const address = `/api/v1/codes/picture?${new URLSearchParams({ code, symbol: shown }).toString()}`;
  return (
    <section className="panel decode-picture">
      <h2>{t("decode.picture.label")}</h2>
      <Segmented
        size="small"
        value={shown}
        onChange={setSymbol}
        options={offered.map((value) => ({ value, label: t(`decode.picture.symbols.${value}`) }))}
        aria-label={t("decode.picture.label")}
      />
      {failed === address ? (
        <p className="muted">{t("decode.picture.none", { symbol: name })}</p>
      ) : (
        <img key={address} src={address} alt={t("decode.picture.alt", { code: decoded.uri, symbol: name })} onError={() => setFailed(address)} />
      )}
    </section>
  );
}

import { Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { cleanCode } from "../../trace/codes";
import { ReaderWay } from "./ReaderWay";

interface OtherWaysProps {
  readonly onRange: (first: string, last: string) => void;
  readonly onCount: (code: string, quantity: number) => void;
  readonly onRead: (codes: string[], reader: string) => void;
}

/** By range and by count: what need not be scanned piece by piece. */
export function OtherWays({ onRange, onCount, onRead }: OtherWaysProps) {
  const { t } = useTranslation();
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [product, setProduct] = useState("");
  const [quantity, setQuantity] = useState<number | null>(null);
  return (
    <details className="panel pack-ways">
      <summary>{t("packing.otherWays")}</summary>
      <div className="pack-way">
        <span>{t("packing.range.title")}</span>
        <Input value={first} onChange={(event) => setFirst(event.target.value)} placeholder={t("packing.range.first")} aria-label={t("packing.range.first")} />
        <Input value={last} onChange={(event) => setLast(event.target.value)} placeholder={t("packing.range.last")} aria-label={t("packing.range.last")} />
        <Button disabled={!cleanCode(first) || !cleanCode(last)} onClick={() => onRange(cleanCode(first), cleanCode(last))}>
          {t("packing.range.go")}
        </Button>
      </div>
      <div className="pack-way">
        <span>{t("packing.count.title")}</span>
        <Input value={product} onChange={(event) => setProduct(event.target.value)} placeholder={t("packing.count.code")} aria-label={t("packing.count.code")} />
        <InputNumber min={1} max={1_000_000} precision={0} value={quantity} onChange={setQuantity} placeholder={t("packing.count.quantity")} aria-label={t("packing.count.quantity")} />
        <Button disabled={!cleanCode(product) || quantity === null} onClick={() => quantity !== null && onCount(cleanCode(product), quantity)}>
          {t("packing.count.go")}
        </Button>
      </div>
      <ReaderWay onRead={onRead} />
    </details>
  );
}

import { Button, Popconfirm, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Bindings, BoundItem } from "../../api/contract";
import { KindGlyph } from "../../graph/KindGlyph";
import { named, useLanguage } from "../../i18n/language";
import { kindText } from "../events/eventText";
import { PrintCodes } from "../labels/PrintCodes";

const PERCENT = 100;

function Row({ item, onOpen, onTakeOut }: { item: BoundItem; onOpen: (code: string) => void; onTakeOut: ((code: string) => void) | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li className="pack-row">
      <KindGlyph kind={item.kind} size={22} />
      <button type="button" className="plain-button" onClick={() => onOpen(item.uri)}>
        <span className="code">{item.label}</span>
      </button>
      <span className="muted">
        {named(language, item.product_name_zh, item.product_name_en, kindText(t, item.kind))}
        {item.contents ? ` · ${t("packing.inside", { count: item.contents })}` : ""}
      </span>
      {onTakeOut && (
        <Button size="small" onClick={() => onTakeOut(item.uri)}>
          {t("packing.takeOut")}
        </Button>
      )}
    </li>
  );
}

interface ContentsProps {
  readonly shown: Bindings;
  readonly onOpen: (code: string) => void;
  readonly onTakeOut: (parent: string, codes: string[]) => void;
}

/** A container with what is around it and in it. */
export function Contents({ shown, onOpen, onTakeOut }: ContentsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { item, containers, contents, counts, capacity } = shown;
  const place = named(language, item.place_name_zh, item.place_name_en, item.place ?? "");
  return (
    <section className="panel pack-contents">
      <div className="pack-head">
        <KindGlyph kind={item.kind} size={36} />
        <div>
          <h2 className="code">{item.label}</h2>
          <p className="muted">
            {named(language, item.product_name_zh, item.product_name_en, kindText(t, item.kind))}
            {place ? ` · ${place}` : ""}
          </p>
        </div>
        <PrintCodes codes={[item.uri]} />
        <Link to={`/trace?code=${encodeURIComponent(item.uri)}`}>{t("decode.trace")}</Link>
      </div>
      {containers.length > 0 && (
        <p className="pack-chain">
          {t("packing.isIn")}{" "}
          {containers.map((each) => (
            <button type="button" key={each.uri} className="plain-button" onClick={() => onOpen(each.uri)}>
              <span className="code">{each.label}</span>
            </button>
          ))}
        </p>
      )}
      {capacity !== null && (
        <Progress percent={Math.min(PERCENT, Math.round((PERCENT * item.contents) / capacity))} format={() => `${item.contents} / ${capacity}`} aria-label={t("packing.full")} />
      )}
      {counts.length > 0 && (
        <ul className="pack-counts">
          {counts.map((each) => (
            <li key={`${each.depth} ${each.kind} ${each.product ?? ""}`}>
              <strong className="num">{each.count}</strong> {named(language, each.name_zh, each.name_en, kindText(t, each.kind))}
              <small className="muted"> {t("packing.depth", { depth: each.depth })}</small>
            </li>
          ))}
        </ul>
      )}
      {contents.length > 0 ? (
        <>
          <ul className="pack-list" aria-label={t("packing.contents")}>
            {contents.map((each) => (
              <Row key={each.uri} item={each} onOpen={onOpen} onTakeOut={(code) => onTakeOut(item.uri, [code])} />
            ))}
          </ul>
          {item.contents > contents.length && <p className="muted">{t("packing.more", { count: item.contents - contents.length })}</p>}
          <Popconfirm title={t("packing.emptyQuestion", { label: item.label })} okText={t("packing.emptyIt")} cancelText={t("list.cancel")} onConfirm={() => onTakeOut(item.uri, [])}>
            <Button danger>{t("packing.emptyIt")}</Button>
          </Popconfirm>
        </>
      ) : (
        <p className="muted">{t("packing.nothingInside")}</p>
      )}
    </section>
  );
}

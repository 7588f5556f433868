import { AimOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { tailOf, useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { addressOf } from "../scope/question";
import { parameterText } from "../wording";
import { type Cause, type CauseFactor, type CausesAnswer, forwardFrom } from "./useCauses";

const COLOURS = { strong: "red", likely: "orange", weak: "default", unknown: "default" } as const;

function FactorLine({ factor }: { factor: CauseFactor }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const names = useNames();
  const step = factor.step ? names.of("steps", factor.step) : "";
  const name =
    factor.kind === "operation" ? step : factor.kind === "parameter" ? parameterText(names, factor.value) : named(language, factor.name_zh, factor.name_en, factor.item_id === null ? tailOf(factor.label) : factor.label);
  const product = named(language, factor.product_zh, factor.product_en, "");
  return (
    <li className="cause-factor">
      <span className="cause-kind">{t(`causes.kind.${factor.kind}`)}</span>
      <span className="cause-name">
        {product && <span>{product} </span>}
        {factor.item_id === null ? <strong>{name}</strong> : <Link to={`/trace/${factor.item_id}`} className="code">{name}</Link>}
        {step && factor.kind !== "operation" && <span className="muted"> · {step}</span>}
        {factor.since && factor.until && (
          <small className="muted num">
            {" "}
            {formats.dateTime(factor.since)} – {formats.dateTime(factor.until)}
          </small>
        )}
      </span>
      <Link to={`/scope?${addressOf(forwardFrom(factor))}`} className="cause-forward">
        <AimOutlined aria-hidden /> {t("causes.forward")}
      </Link>
    </li>
  );
}

function Share({ label, count, of, className }: { label: string; count: number; of: number; className: string }) {
  const formats = useFormats();
  return (
    <div className="cause-share">
      <span>{label}</span>
      <span className="scope-bar-track" aria-hidden="true">
        {count > 0 && <i className={className} style={{ width: `${(100 * count) / of}%` }} />}
      </span>
      <b className="num">
        {formats.number(count)} / {formats.number(of)}
      </b>
    </div>
  );
}

/** One finding: what it is, how many suspect and sound items met it, and how likely that is by chance. */
export function CauseCard({ cause, answer, rank }: { cause: Cause; answer: CausesAnswer; rank: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const odds = cause.chance !== null && cause.chance > 0 ? Math.round(1 / cause.chance) : null;
  const sentence = (): string => {
    if (odds === null) return t("causes.noComparison");
    if (odds < 20) return t("causes.byChance");
    return odds > 1_000_000 ? t("causes.oddsBeyond") : t("causes.odds", { odds: formats.number(odds) });
  };
  return (
    <li className="panel cause">
      <div className="cause-head">
        <b className="cause-rank num">{rank}</b>
        <Tag color={COLOURS[cause.strength]}>{t(`causes.strength.${cause.strength}`)}</Tag>
        <span className="muted">
          {sentence()}
          {cause.ratio !== null && cause.ratio >= 1.1 && ` ${t("causes.ratio", { ratio: formats.number(cause.ratio, 1) })}`}
        </span>
      </div>
      <ul className="cause-factors">
        {cause.factors.map((factor) => (
          <FactorLine key={`${factor.kind} ${factor.value} ${factor.step ?? ""}`} factor={factor} />
        ))}
        {cause.further > 0 && <li className="muted">{t("causes.further", { count: cause.further })}</li>}
      </ul>
      {cause.factors.length + cause.further > 1 && <p className="muted cause-together">{t("causes.together")}</p>}
      <div className="cause-shares">
        <Share label={t("causes.bad")} count={cause.bad} of={answer.bad} className="compare-certain" />
        {answer.good > 0 && <Share label={t("causes.good")} count={cause.good} of={answer.good} className="cause-good" />}
      </div>
      {cause.possible > 0 && <p className="muted num">{t("causes.possible", { count: cause.possible, shown: formats.number(cause.possible) })}</p>}
    </li>
  );
}

import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Home } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { dayStart, eventsLink } from "./links";

interface TileProps {
  label: string;
  value: string;
  unit?: string;
  note: ReactNode;
  to: string;
}

function Tile({ label, value, unit, note, to }: TileProps) {
  const { t } = useTranslation();
  const linked = useMay()("trace:event:read");
  const body = (
    <>
      <span className="tile-label">{label}</span>
      <span className="tile-value num">
        {value}
        {unit && <small>{unit}</small>}
      </span>
      <span className="tile-note">{note}</span>
    </>
  );
  return linked ? (
    <Link to={to} className="tile panel" title={t("home.tile.seeEvents")}>
      {body}
    </Link>
  ) : (
    <div className="tile panel">{body}</div>
  );
}

function Trend({ better, children }: { better: boolean; children: string }) {
  return (
    <span className={better ? "trend-up" : "trend-down"}>
      {better ? <ArrowUpOutlined aria-hidden /> : <ArrowDownOutlined aria-hidden />} {children}
    </span>
  );
}

function RateNote({ today, yesterday, help }: { today: number | null; yesterday: number | null; help: string }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (today === null) return <>{t("home.tile.noTests")}</>;
  if (yesterday === null) return <>{help}</>;
  const points = (today - yesterday) * 100;
  if (Math.abs(points) < 0.05) return <>{t("home.tile.same")}</>;
  const value = number(Math.abs(points), 1);
  return <Trend better={points > 0}>{points > 0 ? t("home.tile.pointsUp", { value }) : t("home.tile.pointsDown", { value })}</Trend>;
}

function Milliseconds({ value }: { value: number | null }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <dd>
      {number(value, 1)} {value !== null && <small>{t("home.tile.milliseconds")}</small>}
    </dd>
  );
}

/** The day in five numbers; each leads to the events it counts. */
export function Tiles({ home }: { home: Home }) {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const from = dayStart(home.date);
  return (
    <div className="tiles">
      <Tile
        label={t("home.tile.output")}
        value={number(home.output)}
        unit={t("home.tile.unit")}
        note={t("home.tile.yesterday", { value: number(home.output_yesterday) })}
        to={eventsLink({ from, step: "packing" })}
      />
      <Tile
        label={t("home.tile.yield")}
        value={percent(home.yield_rate)}
        note={home.yield_rate === null ? t("home.tile.noTests") : t("home.tile.yieldHelp")}
        to={eventsLink({ from, step: "inspecting" })}
      />
      <Tile
        label={t("home.tile.firstPass")}
        value={percent(home.first_pass_yield)}
        note={<RateNote today={home.first_pass_yield} yesterday={home.first_pass_yield_yesterday} help={t("home.tile.firstPassHelp")} />}
        to={eventsLink({ from, disposition: "non_conformant" })}
      />
      <Tile label={t("home.tile.events")} value={number(home.events)} unit={t("home.tile.recorded")} note={t("home.tile.totalEvents", { n: number(home.events_total) })} to={eventsLink({ from })} />
      <div className="tile tile-latency panel">
        <span className="tile-label">{t("home.tile.latency")}</span>
        <dl className="latency num">
          <div>
            <dt>{t("home.tile.capture")}</dt>
            <Milliseconds value={home.capture_ms} />
          </div>
          <div>
            <dt>{t("home.tile.trace")}</dt>
            <Milliseconds value={home.trace_ms} />
          </div>
        </dl>
      </div>
    </div>
  );
}

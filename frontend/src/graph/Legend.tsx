import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useTranslation } from "react-i18next";

import { KindGlyph } from "./KindGlyph";
import { drawGapSign, drawStateSign } from "./glyphs";
import { type NodeState, VERDICTS } from "./model";
import { SvgSurface } from "./svg";
import type { GraphTheme } from "./theme";

const STATES = ["held", "scrapped", "shipped", "rework"] as const;

function Sign({ draw }: { draw: (to: SvgSurface) => void }) {
  const surface = new SvgSurface(null, "");
  draw(surface);
  return <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" dangerouslySetInnerHTML={{ __html: surface.parts.join("") }} />;
}

function Stroke({ colour, dash, width = 2 }: { colour: string; dash?: string; width?: number }) {
  return (
    <svg width="34" height="10" aria-hidden="true">
      <line x1="0" x2="34" y1="5" y2="5" stroke={colour} strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}

function LegendTable({ theme }: { theme: GraphTheme }) {
  const { t } = useTranslation();
  const state = (name: NodeState) => (to: SvgSurface) => drawStateSign(to, name, 10, 10, theme.states[name], theme.card);
  return (
    <div className="legend">
      <h3>{t("graph.legend.kinds")}</h3>
      <ul>
        {(["unit", "lot", "carrier", "asset", "product"] as const).map((kind) => (
          <li key={kind}>
            <KindGlyph kind={kind} size={20} /> {t(`domain.kind.${kind}`)}
          </li>
        ))}
      </ul>
      <h3>{t("graph.legend.verdicts")}</h3>
      <ul>
        {VERDICTS.map((verdict, i) => (
          <li key={verdict}>
            <Stroke colour={verdict === "possible" ? theme.possible : verdict === "excluded" ? theme.faint : theme.edge} dash={["", "7 5", "2 4"][i] ?? ""} />{" "}
            {verdict === "excluded" ? <s>{t(`graph.verdict.${verdict}`)}</s> : t(`graph.verdict.${verdict}`)}
          </li>
        ))}
      </ul>
      <h3>{t("graph.legend.lines")}</h3>
      <ul>
        {(["up", "down", "path"] as const).map((line) => (
          <li key={line}>
            <Stroke colour={theme[line]} width={line === "path" ? 3.5 : 2} /> {t(`graph.legend.${line}`)}
          </li>
        ))}
      </ul>
      <h3>{t("graph.legend.states")}</h3>
      <ul>
        {STATES.map((name) => (
          <li key={name}>
            <Sign draw={state(name)} /> {t(`graph.state.${name}`)}
          </li>
        ))}
        <li>
          <Sign draw={(to) => drawGapSign(to, 10, 10, theme.warning, theme.card)} /> {t("graph.legend.gap")}
        </li>
      </ul>
    </div>
  );
}

/** What shapes, strokes and signs mean. */
export function Legend({ theme }: { theme: GraphTheme }) {
  const { t } = useTranslation();
  return (
    <Popover content={<LegendTable theme={theme} />} trigger="click" placement="topLeft">
      <Button size="small" icon={<QuestionCircleOutlined />}>
        {t("graph.legend.title")}
      </Button>
    </Popover>
  );
}

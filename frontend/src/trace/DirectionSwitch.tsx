import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { type Direction, DIRECTIONS } from "./deskState";

/** Backward, forward, or both. */
export function DirectionSwitch({ direction, onDirection }: { direction: Direction; onDirection: (direction: Direction) => void }) {
  const { t } = useTranslation();
  return (
    <Segmented<Direction>
      aria-label={t("trace.direction.label")}
      value={direction}
      onChange={onDirection}
      options={DIRECTIONS.map((value) => ({ value, label: t(`trace.direction.${value}`) }))}
    />
  );
}

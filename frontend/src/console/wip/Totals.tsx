import { useTranslation } from "react-i18next";

import type { Board } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { durationText } from "../floor/duration";
import { Figure } from "../floor/Figure";

/** The board in five numbers. */
export function Totals({ board }: { board: Board }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <div className="figures">
      <Figure label={t("floor.wip.inWork")} value={number(board.count)} />
      <Figure label={t("floor.wip.age")} value={durationText(t, board.age_median)} note={t("floor.wip.ageHelp")} />
      <Figure label={t("floor.wip.inRework")} value={number(board.rework)} bad={board.rework > 0} />
      <Figure label={t("floor.wip.onHold")} value={number(board.held)} bad={board.held > 0} />
      <Figure label={t("floor.wip.finished")} value={number(board.finished)} note={t("floor.wip.inWindow", { hours: board.window_hours })} />
    </div>
  );
}

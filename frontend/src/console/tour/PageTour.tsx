import { Tour, type TourProps } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import "../../i18n/tour";
import { TOURS, type TourName } from "./tours";

/** A part of the page that is really shown. */
function shown(selector: string): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>(selector)].find((part) => part.getClientRects().length > 0) ?? null;
}

/** What is as high as the screen has room beside it alone. */
function isColumn(target: HTMLElement): boolean {
  return target.clientHeight > innerHeight * 0.7 && target.clientWidth < innerWidth / 2;
}

/** A few steps around a page; ends at any time with Escape, the cross, or its last step. */
export default function PageTour({ name, onEnd }: { name: TourName; onEnd: () => void }) {
  const { t } = useTranslation();
  const steps = useMemo<NonNullable<TourProps["steps"]>>(
    () =>
      Object.entries(TOURS[name].steps).flatMap(([step, selector]) => {
        const target = shown(selector);
        if (!target) return [];
        const key = `tour.${name}.${step}` as "tour.home.menu";
        return [{ title: t(`${key}.title`), description: t(`${key}.text`), target, placement: isColumn(target) ? ("right" as const) : ("bottom" as const) }];
      }),
    [name, t],
  );
  const last = steps.length - 1;
  return (
    <Tour
      open={steps.length > 0}
      onClose={onEnd}
      onFinish={onEnd}
      steps={steps.map((step, at) => ({ ...step, prevButtonProps: { children: t("tour.back") }, nextButtonProps: { children: t(at === last ? "tour.end" : "tour.next") } }))}
      closable={{ "aria-label": t("tour.end") }}
      indicatorsRender={(current, total) => <span className="num muted">{t("tour.step", { current: current + 1, total })}</span>}
    />
  );
}

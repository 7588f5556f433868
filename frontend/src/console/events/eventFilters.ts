import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useMay, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import type { FilterField } from "../../meta/FilterBar";

const TYPES = ["ObjectEvent", "AggregationEvent", "TransformationEvent", "TransactionEvent", "AssociationEvent"] as const;

/** The filters of the event list, with the choices that this plant has. */
export function useEventFilters(): FilterField[] {
  const { t } = useTranslation();
  const names = useNames();
  const may = useMay();
  const withheld = useWithheld();
  return useMemo(
    (): FilterField[] => [
      { kind: "range", label: t("events.filter.time") },
      ...(may("trace:item:read")
        ? [{ kind: "item" as const, name: "item", label: t("events.filter.item"), placeholder: t("events.filter.itemPlaceholder") }]
        : []),
      { kind: "choice", name: "step", label: t("events.filter.step"), choices: names.choices("steps") },
      { kind: "choice", name: "place", label: t("events.filter.place"), choices: names.choices("places") },
      { kind: "choice", name: "type", label: t("events.filter.type"), choices: TYPES.map((value) => ({ value, label: t(`domain.type.${value}`) })) },
      ...(withheld("people") ? [] : [{ kind: "choice" as const, name: "person", label: t("events.filter.person"), choices: names.choices("people") }]),
      { kind: "choice", name: "equipment", label: t("events.filter.equipment"), choices: names.choices("equipment") },
      { kind: "choice", name: "disposition", label: t("events.filter.disposition"), choices: names.choices("dispositions") },
      { kind: "text", name: "order", label: t("events.filter.order") },
    ],
    [t, names, may, withheld],
  );
}

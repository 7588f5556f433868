import { useTranslation } from "react-i18next";
import { useWithheldGroups } from "../api/session";


/** What each group is called; texts that are there anyway. */
const NAMES = { people: "trace.people.people", parties: "scope.count.customer", measured: "trace.tab.parameters" } as const;

/** Stands where something is that the reader may not see, so that nobody takes it for nothing. */
export function Withheld() {
  const { t } = useTranslation();
  return <span className="muted">{t("withheld.value")}</span>;
}

/** Says, over every page, what is blank on it for want of a right; nothing for who sees everything. */
export function WithheldNote() {
  const { t } = useTranslation();
  const groups = useWithheldGroups();
  if (!groups.length) return null;
  return (
    <p className="withheld-note muted" role="note">
      {t("withheld.note", { groups: groups.map((group) => t(NAMES[group])).join(" · ") })}
    </p>
  );
}

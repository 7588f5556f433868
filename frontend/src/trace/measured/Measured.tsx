import { useTranslation } from "react-i18next";

import { useMay } from "../../api/session";
import { Beside } from "./Beside";

/** What was measured of the item itself, on its page; for those who may read how it was made. */
export function Measured({ code, onEvent }: { code: string; onEvent: (event: number) => void }) {
  const { t } = useTranslation();
  if (!useMay()("production:history:read")) return null;
  return (
    <section className="pane" aria-label={t("trace.measured.title")}>
      <h2>{t("trace.measured.title")}</h2>
      <Beside code={code} onEvent={onEvent} />
    </section>
  );
}

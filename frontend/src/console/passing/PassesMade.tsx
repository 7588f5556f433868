import { useTranslation } from "react-i18next";

import { useFormats } from "../../i18n/format";

interface PassesMadeProps {
  readonly passes: readonly { readonly made: string; readonly by: string; readonly check: string; readonly reason: string }[];
}

/** Who let what pass, and why. */
export function PassesMade({ passes }: PassesMadeProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (passes.length === 0) return null;
  return (
    <section>
      <h2>{t("capture.pass.done")}</h2>
      <ul className="passes-made">
        {passes.map(({ made, by, check, reason }, index) => (
          <li key={`${index} ${made}`}>
            <span className="code">{check}</span> {reason} <small className="muted">{t("capture.pass.by", { by, time: formats.dateTime(made) })}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

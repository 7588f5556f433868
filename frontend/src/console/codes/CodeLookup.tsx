import { Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { ProblemView } from "../ProblemView";
import { fieldText } from "./codeTexts";
import type { IssuedCode } from "./useRules";

function Found({ known }: { known: IssuedCode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const parts = known.parts.filter((part) => part.type !== "constant");
  return (
    <div className="code-found" aria-live="polite">
      <p>
        <strong className="code">{known.code}</strong>{" "}
        {known.state ? <Tag className={`state-${known.state}`}>{t(`codes.state.${known.state}`)}</Tag> : <Tag color="error">{t("codes.never")}</Tag>}
      </p>
      <dl className="batch-facts">
        <div>
          <dt>{t("codes.rule")}</dt>
          <dd className="code">{`${known.rule} · ${known.version}`}</dd>
        </div>
        {known.batch_id !== null && (
          <div>
            <dt>{t("codes.column.batch")}</dt>
            <dd>
              <Link to={`/codes/${known.batch_id}`}>{t("codes.batch", { n: known.batch_id })}</Link>
            </dd>
          </div>
        )}
        {parts.map((part) => (
          <div key={part.segment}>
            <dt>{part.name ? fieldText(t, part.name) : t(`rules.types.${part.type as "date"}`)}</dt>
            <dd className="code">{String(part.type === "date" ? part.value : part.text)}</dd>
          </div>
        ))}
        {known.handout && (
          <div>
            <dt>{t("codes.heldBy")}</dt>
            <dd>{`${t(`codes.holder.${known.handout.holder_kind}`)} ${known.handout.holder}`}</dd>
          </div>
        )}
      </dl>
      <ol className="code-life">
        {known.history.map((movement) => (
          <li key={`${movement.at} ${movement.state}`}>
            {`${formats.dateTime(movement.at)} ${t(`codes.state.${movement.state}`)} · ${movement.by}`}
            {movement.reason && ` · ${movement.reason}`}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Type or scan one code: what it is made of, where it was issued, its state and its whole life. */
export function CodeLookup() {
  const { t } = useTranslation();
  const [known, setKnown] = useState<IssuedCode | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const look = async (code: string) => {
    if (code.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      setKnown(await unwrap(client.GET("/api/v1/codes/state", { params: { query: { code } } })));
    } catch (refusal) {
      setKnown(null);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel" style={{ marginBottom: 18 }} aria-label={t("codes.lookup")}>
      <Input.Search placeholder={t("codes.lookupHelp")} aria-label={t("codes.lookup")} enterButton={t("codes.look")} loading={busy} onSearch={(code) => void look(code)} />
      {error !== null && <ProblemView error={error} />}
      {known && <Found known={known} />}
    </section>
  );
}

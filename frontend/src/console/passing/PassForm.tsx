import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useReportProblem } from "../ProblemView";
import "./passing.css";
import { type Choice, choicesOf, type Stopped, toggled } from "./stopped";

const LONGEST = 500;
const SHOWN = 50;

interface CheckProps {
  readonly stopped: Stopped;
  /** What of it is chosen: names of items, all (null), or nothing. */
  readonly chosen: Choice | undefined;
  readonly onChoose: (item: string | null) => void;
}

function OneCheck({ stopped, chosen, onChoose }: CheckProps) {
  const { t } = useTranslation();
  const all = chosen?.items === null;
  return (
    <li>
      <Checkbox checked={all} indeterminate={chosen !== undefined && !all} onChange={() => onChoose(null)}>
        <strong>{t("capture.pass.all", { count: stopped.items.length })}</strong> <span className="code muted">{[stopped.node, stopped.check].filter(Boolean).join(" / ")}</span>
      </Checkbox>
      <p className="muted">{stopped.items[0]?.text}</p>
      {stopped.items.length > 1 && (
        <details>
          <summary>{t("capture.pass.single")}</summary>
          <ul className="pass-items">
            {stopped.items.slice(0, SHOWN).map(({ id, label, text }) => (
              <li key={id}>
                <Checkbox checked={all || (chosen?.items?.includes(id) ?? false)} disabled={all} onChange={() => onChoose(id)}>
                  {label} <span className="muted">{text}</span>
                </Checkbox>
              </li>
            ))}
          </ul>
          {stopped.items.length > SHOWN && <p className="muted">{t("capture.pass.more", { count: stopped.items.length - SHOWN })}</p>}
        </details>
      )}
    </li>
  );
}

interface PassFormProps {
  readonly stopped: readonly Stopped[];
  /** Said below: what happens with the rest. */
  readonly note: string;
  readonly onPass: (choices: readonly Choice[], reason: string) => Promise<unknown>;
}

/** Checks that stopped events or rows and that this person may let pass: all of one, or single ones, with a reason. */
export function PassForm({ stopped, note, onPass }: PassFormProps) {
  const { t } = useTranslation();
  const report = useReportProblem();
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  if (stopped.length === 0) return null;
  const pass = async () => {
    setBusy(true);
    try {
      await onPass(choices, reason.trim());
      setChoices([]);
      setReason("");
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel pass-form" aria-label={t("capture.pass.title")}>
      <h2>{t("capture.pass.title")}</h2>
      <p className="muted">{t("capture.pass.text")}</p>
      <ul>
        {stopped.map((each) => (
          <OneCheck key={each.key} stopped={each} chosen={choices.find(({ key }) => key === each.key)} onChoose={(item) => setChoices(toggled(choices, each, item))} />
        ))}
      </ul>
      <div className="pass-reason">
        <Input value={reason} maxLength={LONGEST} onChange={(event) => setReason(event.target.value)} placeholder={t("capture.pass.reason")} aria-label={t("capture.pass.reason")} />
        <Button type="primary" loading={busy} disabled={choicesOf(choices).length === 0 || !reason.trim()} onClick={() => void pass()}>
          {t("capture.pass.go")}
        </Button>
      </div>
      <p className="muted">{note}</p>
    </section>
  );
}

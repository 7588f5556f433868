import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ProblemFinding } from "../../api/problem";
import type { LetPass } from "./station";

const LONGEST = 500;

interface LettingPassProps {
  readonly findings: readonly ProblemFinding[];
  readonly onLetPass: (overrides: LetPass[]) => void;
}

/** Where all that stops a binding may be let pass by this person: why they do, and the binding again. */
export function LettingPass({ findings, onLetPass }: LettingPassProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  if (findings.length === 0 || !findings.every(({ overridable }) => overridable)) return null;
  const checks = [...new Set(findings.flatMap(({ check }) => (check === null ? [] : [check])))];
  const pass = (): void => {
    if (reason.trim()) onLetPass(checks.map((check) => ({ check, reason: reason.trim() })));
  };
  return (
    <div className="pack-pass">
      <Input value={reason} maxLength={LONGEST} onChange={(event) => setReason(event.target.value)} onPressEnter={pass} placeholder={t("packing.pass.reason")} aria-label={t("packing.pass.reason")} />
      <Button disabled={!reason.trim()} onClick={pass}>
        {t("packing.pass.go")}
      </Button>
    </div>
  );
}

/** Signing in: badge and PIN on the shop floor, login and password as at the console. */
import { useEffect, useState } from "react";

import { Problem } from "../../api/problem";
import { signIn, signInByBadge } from "../device";
import { Keypad } from "../fields/Keypad";
import { ScanInput } from "../fields/ScanInput";
import { Button, Segments } from "../parts/parts";
import { bare } from "../../capture";
import { listen } from "../scan/wedge";
import { changeSettings, usePda } from "../state";
import { type Translate, useText } from "../texts";

export function problemTexts(t: Translate, problem: Problem): string {
  if (problem.status === 0) return `${t("pda.problem.away")} ${t("pda.problem.awayText")}`;
  return problem.title ? `${problem.title} ${problem.remedy}` : t("pda.problem.unexpected", { code: problem.code });
}

function useAttempt(): { busy: boolean; trouble: Problem | null; attempt: (work: () => Promise<void>) => void } {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const attempt = (work: () => Promise<void>) => {
    setBusy(true);
    setTrouble(null);
    work()
      .catch((error: unknown) => setTrouble(error instanceof Problem ? error : new Problem(0, { code: "client.failed" })))
      .finally(() => setBusy(false));
  };
  return { busy, trouble, attempt };
}

function Trouble({ problem }: { problem: Problem | null }) {
  const t = useText();
  return problem && problem.code !== "tenancy.second_factor_needed" ? (
    <p className="field-fault" role="alert">
      {problemTexts(t, problem)}
    </p>
  ) : null;
}

function Badge() {
  const t = useText();
  const [badge, setBadge] = useState("");
  const [pin, setPin] = useState("");
  const { busy, trouble, attempt } = useAttempt();
  useEffect(() => (badge ? undefined : listen((raw) => setBadge(bare(raw)))), [badge]);
  if (!badge)
    return (
      <>
        <p className="muted">{t("pda.signIn.badgeHint")}</p>
        <ScanInput label={t("pda.signIn.badgeNumber")} placeholder={t("pda.signIn.badge")} onScan={(raw) => setBadge(bare(raw))} />
      </>
    );
  const go = () => {
    if (pin && !busy) attempt(() => signInByBadge(badge, pin).finally(() => setPin("")));
  };
  return (
    <>
      <p className="muted">{t("pda.signIn.pinHint")}</p>
      <Trouble problem={trouble} />
      <Keypad label={t("pda.signIn.pin")} value={pin} decimals={0} negative={false} secret onChange={(typed) => setPin(typed.replaceAll(/\D/gu, ""))} onDone={go} />
      <div className="sheet-buttons">
        <Button onPress={() => setBadge("")}>{t("pda.signIn.other")}</Button>
        <Button tone="main" disabled={!pin || busy} onPress={go}>
          {t("pda.signIn.go")}
        </Button>
      </div>
    </>
  );
}

function Password() {
  const t = useText();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { busy, trouble, attempt } = useAttempt();
  const needsCode = trouble?.code === "tenancy.second_factor_needed" || trouble?.code === "tenancy.code_wrong";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        attempt(() => signIn(login, password, code || null));
      }}
    >
      <label className="field">
        {t("pda.signIn.login")}
        <input name="login" autoComplete="username" autoCapitalize="off" value={login} onChange={(event) => setLogin(event.target.value)} required />
      </label>
      <label className="field">
        {t("pda.signIn.secret")}
        <input name="password" type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} required />
      </label>
      {needsCode && (
        <label className="field">
          {t("pda.signIn.code")}
          <input name="code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.target.value)} required autoFocus />
        </label>
      )}
      <Trouble problem={trouble} />
      <Button tone="main" wide submit disabled={busy}>
        {t("pda.signIn.go")}
      </Button>
    </form>
  );
}

export function SignInPage() {
  const t = useText();
  const { settings, counts } = usePda();
  const [way, setWay] = useState<"badge" | "password">("badge");
  return (
    <main className="sign-in-page">
      <img src={new URL("../../theme/mark.svg", import.meta.url).href} width={64} height={64} alt="" />
      <h1>{t("pda.title")}</h1>
      {counts.waiting > 0 && <p className="notice warn padded">{t("pda.signIn.waits", { n: counts.waiting })}</p>}
      <Segments
        label={t("pda.signIn.title")}
        value={way}
        onChange={setWay}
        options={[
          { value: "badge", label: t("pda.signIn.badge") },
          { value: "password", label: t("pda.signIn.password") },
        ]}
      />
      {way === "badge" ? <Badge /> : <Password />}
      <Segments
        label={t("pda.settings.language")}
        value={settings.language}
        onChange={(language) => changeSettings({ language })}
        options={[
          { value: "zh", label: t("pda.languageNames.zh") },
          { value: "en", label: t("pda.languageNames.en") },
        ]}
      />
    </main>
  );
}

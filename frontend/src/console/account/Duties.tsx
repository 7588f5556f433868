import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex } from "antd";
import { useTranslation } from "react-i18next";

import { SESSION_KEY, useSession, useSignOut } from "../../api/session";
import { Mark } from "../../theme/Mark";
import { LanguageSwitch } from "../HeaderControls";
import { useReportProblem } from "../ProblemView";
import "./account.css";
import { AuthenticatorPanel } from "./AuthenticatorPanel";
import { PasskeysPanel } from "./PasskeysPanel";
import { PasswordForm } from "./PasswordForm";

/** What a person must do before anything else opens: choose a password of their own, bind an authenticator. */
export default function Duties() {
  const { t } = useTranslation();
  const { user, must } = useSession();
  const cache = useQueryClient();
  const signOut = useSignOut();
  const report = useReportProblem();
  const on = () => void cache.invalidateQueries({ queryKey: SESSION_KEY });
  const password = must.includes("password");
  return (
    <main className="duties account">
      <Flex justify="space-between" align="center" gap={12}>
        <Mark size={40} title={t("shell.productLong")} />
        <LanguageSwitch />
      </Flex>
      <h1>{t("account.duties.title", { name: user.name })}</h1>
      <Alert type="info" showIcon title={password ? t("account.duties.password") : t("account.duties.secondFactor")} />
      {password ? <PasswordForm onChanged={on} /> : <AuthenticatorPanel onBound={on} />}
      {!password && <PasskeysPanel onAdded={on} />}
      <Flex justify="center">
        <Button type="text" onClick={() => signOut().catch(report)}>
          {t("shell.signOut")}
        </Button>
      </Flex>
    </main>
  );
}

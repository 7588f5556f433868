import { BankOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../api/client";
import { named, useLanguage } from "../i18n/language";

const WHY = {
  "tenancy.provider_no_account": "no_account",
  "tenancy.provider_no_role": "no_role",
  "tenancy.challenge_gone": "gone",
  "tenancy.provider_unreachable": "unreachable",
} as const;

/** Which company's services to offer, where an installation serves several: `/?company=code`. */
const asked = () => new URLSearchParams(globalThis.location.search);

/** Why the service's answer opened nothing. */
export function ProviderRefusal() {
  const { t } = useTranslation();
  const code = asked().get("refused");
  if (!code) return null;
  return <Alert type="error" showIcon role="alert" title={t(`session.refused.${code in WHY ? WHY[code as keyof typeof WHY] : "other"}`)} />;
}

/** The company's own sign-in services. */
export function SignInProviders() {
  const { t } = useTranslation();
  const language = useLanguage();
  const company = asked().get("company");
  const offered = useQuery({
    queryKey: ["offered providers", company],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/session/providers", { params: { query: company ? { company } : {} }, signal })),
    retry: false,
  });
  const query = asked();
  for (const own of ["refused", "company"]) query.delete(own);
  const to = globalThis.location.pathname + (query.size ? `?${query.toString()}` : "");
  return (offered.data?.rows ?? []).map((provider) => {
    const start = new URLSearchParams({ provider: String(provider.id), to, ...(company ? { company } : {}) });
    return (
      <Button key={provider.id} className="sign-in-other" icon={<BankOutlined aria-hidden />} block href={`/api/v1/session/provider/start?${start.toString()}`}>
        {t("session.by", { name: named(language, provider.name_zh, provider.name_en) })}
      </Button>
    );
  });
}

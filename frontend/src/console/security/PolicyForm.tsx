import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Radio, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { SignInPolicy } from "../../api/contract";
import { useMay } from "../../api/session";
import { FieldHelp } from "../../fields/FieldHelp";
import { PROOF_KEY } from "../account/proof";
import { ProblemView } from "../ProblemView";
import "./security.css";

const KEY = ["sign-in policy"] as const;
type Number = Exclude<keyof SignInPolicy, "second_factor">;
/** Least and most of each rule, as the server has them. */
const RANGES: readonly [Number, number, number, "characters" | "passwords" | "days" | "minutes" | "hours" | "sessions"][] = [
  ["password_length", 10, 64, "characters"],
  ["password_history", 0, 24, "passwords"],
  ["password_days", 0, 3650, "days"],
  ["idle_minutes", 5, 1440, "minutes"],
  ["session_hours", 1, 24, "hours"],
  ["sessions_most", 0, 100, "sessions"],
];
const WHOM = ["optional", "administrators", "everyone"] as const;

function Rules({ policy }: { policy: SignInPolicy }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const writes = useMay()("tenancy:policy:write");
  const save = useMutation({
    mutationFn: (values: SignInPolicy) => unwrap(client.PATCH("/api/v1/security/policy", { body: values })),
    onSuccess: (kept) => {
      cache.setQueryData(KEY, kept);
      void cache.invalidateQueries({ queryKey: PROOF_KEY });
      void message.success(t("list.saved"));
    },
  });
  return (
    <Form<SignInPolicy> className="panel policy" layout="vertical" initialValues={policy} disabled={!writes} onFinish={(values) => save.mutate(values)}>
      {save.error && <ProblemView error={save.error} />}
      <Form.Item name="second_factor" label={t("security.policy.second_factor")} extra={<>{t("security.policy.second_factorHelp")} <FieldHelp of="signInSecondFactor" /></>}>
        <Radio.Group options={WHOM.map((value) => ({ value, label: t(`security.policy.whom.${value}`) }))} />
      </Form.Item>
      <div className="policy-numbers">
        {RANGES.map(([name, min, max, unit]) => (
          <Form.Item key={name} name={name} label={t(`security.policy.${name}`)} extra={<>{t(`security.policy.${name}Help`)} {name === "password_history" && <FieldHelp of="signInHistory" />}</>} rules={[{ required: true, message: t("list.required") }]}>
            <InputNumber min={min} max={max} precision={0} suffix={t(`security.policy.unit.${unit}`)} className="wide" />
          </Form.Item>
        ))}
      </div>
      {writes && (
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("list.save")}
        </Button>
      )}
    </Form>
  );
}

/** The company's rules of signing in. */
export function PolicyForm() {
  const policy = useQuery({ queryKey: KEY, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/security/policy", { signal })) });
  if (policy.error) return <ProblemView error={policy.error} onRetry={() => void policy.refetch()} />;
  return policy.data ? <Rules policy={policy.data} /> : <Skeleton active />;
}

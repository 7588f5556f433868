import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Flex, Skeleton, Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Administrators, DutiesState, DutyConflict } from "../../api/contract";
import { usePermissionsQuery } from "../../api/permissions";
import { useMay, useSession } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import "./security.css";

const KEY = ["duties"] as const;
const NAMES = ["system", "security", "audit"] as const;
type Name = (typeof NAMES)[number];
const isName = (name: string): name is Name => NAMES.some((each) => each === name);

function useRightTitles(): (right: string) => string {
  const language = useLanguage();
  const permissions = usePermissionsQuery();
  const titles = useMemo(() => new Map((permissions.data ?? []).map(({ name, zh, en }) => [name, named(language, zh, en)])), [permissions.data, language]);
  return (right) => titles.get(right) ?? right;
}

function Administration({ one }: { one: Administrators }) {
  const { t } = useTranslation();
  const title = useRightTitles();
  if (!isName(one.name)) return null;
  return (
    <section className="panel duty">
      <h2>{t(`duties.name.${one.name}`)}</h2>
      <p className="muted">{t(`duties.about.${one.name}`)}</p>
      <p className="tags">{one.people.length > 0 ? one.people.map((name) => <Tag key={name}>{name}</Tag>) : <Tag color="error">{t("duties.nobody")}</Tag>}</p>
      <ul>
        {one.rights.map((right) => (
          <li key={right}>{title(right)}</li>
        ))}
      </ul>
    </section>
  );
}

function Conflict({ conflict }: { conflict: DutyConflict }) {
  const { t } = useTranslation();
  const title = useRightTitles();
  const mixed = conflict.administrations.filter(isName).map((name) => t(`duties.name.${name}`));
  return (
    <li>
      <strong>{t(`duties.kind.${conflict.kind}`, { name: conflict.name })}</strong> <span className="muted">{mixed.join(" + ")}</span>
      <div>{conflict.rights.map(title).join(" · ")}</div>
      <div className="muted">{t(`duties.remedy.${conflict.kind}`)}</div>
    </li>
  );
}

/** Somebody asked for the switch; somebody else confirms it. */
function Pending({ pending, onConfirm, onWithdraw }: { pending: NonNullable<DutiesState["pending"]>; onConfirm: () => void; onWithdraw: () => void }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const own = useSession().user.id === pending.by_id;
  const said = { name: pending.by, at: dateTime(pending.at) };
  return (
    <Alert
      type="warning"
      showIcon
      title={pending.wanted ? t("duties.askedOn", said) : t("duties.askedOff", said)}
      description={own ? t("duties.waits") : t("duties.check")}
      action={
        <Flex gap={8} wrap>
          {!own && (
            <Button type="primary" onClick={onConfirm}>
              {t("duties.confirm")}
            </Button>
          )}
          <Button onClick={onWithdraw}>{t("duties.withdraw")}</Button>
        </Flex>
      }
    />
  );
}

function Loaded({ duties }: { duties: DutiesState }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const writes = useMay()("tenancy:policy:write");
  const change = useMutation({
    mutationFn: (what: "ask" | "confirm" | "withdraw") => {
      if (what === "ask") return unwrap(client.POST("/api/v1/security/duties", { body: { separated: !duties.separated } }));
      return what === "confirm" ? unwrap(client.POST("/api/v1/security/duties/confirm")) : unwrap(client.POST("/api/v1/security/duties/withdraw"));
    },
    onSuccess: (state) => {
      cache.setQueryData(KEY, state);
      void message.success(t("list.saved"));
    },
  });
  const blocked = !duties.separated && duties.conflicts.length > 0;
  return (
    <Flex vertical gap={14} className="duties-page">
      <section className="panel">
        <Flex justify="space-between" gap={12} wrap align="center">
          <div>
            <h2>{t("duties.title")}</h2>
            <p>
              <Tag color={duties.separated ? "success" : "default"}>{duties.separated ? t("duties.on") : t("duties.off")}</Tag> {t("duties.text")}
            </p>
          </div>
          {writes && !duties.pending && (
            <Button type={duties.separated ? "default" : "primary"} disabled={blocked} loading={change.isPending} onClick={() => change.mutate("ask")}>
              {duties.separated ? t("duties.askOff") : t("duties.askOn")}
            </Button>
          )}
        </Flex>
        {change.error && <ProblemView error={change.error} />}
        {duties.pending && writes && <Pending pending={duties.pending} onConfirm={() => change.mutate("confirm")} onWithdraw={() => change.mutate("withdraw")} />}
      </section>
      <div className="duties-three">
        {duties.administrations.map((one) => (
          <Administration key={one.name} one={one} />
        ))}
      </div>
      <section className="panel">
        <h2>{t("duties.conflicts", { n: duties.conflicts.length })}</h2>
        {duties.conflicts.length === 0 ? (
          <p className="muted">{t("duties.none")}</p>
        ) : (
          <ul className="duties-conflicts">
            {duties.conflicts.map((conflict) => (
              <Conflict key={`${conflict.kind} ${conflict.id}`} conflict={conflict} />
            ))}
          </ul>
        )}
      </section>
    </Flex>
  );
}

/** Whether system, security and audit administration are in three hands, and what stands in the way. */
export function DutiesPanel() {
  const duties = useQuery({ queryKey: KEY, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/security/duties", { signal })) });
  if (duties.error) return <ProblemView error={duties.error} onRetry={() => void duties.refetch()} />;
  return duties.data ? <Loaded duties={duties.data} /> : <Skeleton active />;
}

import { MoreOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { InvitationMade, Person } from "../../api/contract";
import { useSession } from "../../api/session";
import "../../i18n/invitation";
import { useReportProblem } from "../ProblemView";
import { InvitationOnce } from "./InvitationOnce";
import { invite } from "./invite";

/** Help for somebody who cannot get in, lost a telephone or left a station signed in. */
export function PersonHelp({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
  const { user } = useSession();
  const [made, setMade] = useState<InvitationMade | null>(null);
  const path = { person_id: person.id };
  const confirmed = (what: "signOut" | "reset", work: () => Promise<unknown>) =>
    modal.confirm({
      title: t(`people.help.${what}`, { name: person.name }),
      content: t(`people.help.${what}Text`),
      onOk: () =>
        work().then(() => {
          void message.success(t("people.help.done"));
          return cache.invalidateQueries({ queryKey: ["people"] });
        }, report),
    });
  const make = () =>
    invite(person.id).then((made) => {
      setMade(made);
      return cache.invalidateQueries({ queryKey: ["people"] });
    }, report);
  const asked = (title: string, content: string, onOk: () => Promise<unknown>) => modal.confirm({ title, content, onOk });
  const inviting = () =>
    person.has_password ? asked(t("invitation.resetTitle", { name: person.name }), t("invitation.resetConfirm"), make) : void make();
  const revoking = () =>
    asked(t("invitation.revokeTitle", { name: person.name }), t("invitation.revokeText"), () =>
      unwrap(client.DELETE("/api/v1/people/{person_id}/invitation", { params: { path } })).then(() => {
        void message.success(t("invitation.revoked"));
        return cache.invalidateQueries({ queryKey: ["people"] });
      }, report),
    );
  const invites = person.active && person.id !== user.id;
  const label = person.has_password ? t("invitation.reset") : person.invited ? t("invitation.anew") : t("invitation.first");
  const items = [
    ...(invites ? [{ key: "invite", label }] : []),
    ...(person.invited ? [{ key: "revoke", label: t("invitation.revoke") }] : []),
    { key: "signOut", label: t("people.help.signOutShort") },
    ...(person.second_factor ? [{ key: "reset", danger: true, label: t("people.help.resetShort") }] : []),
  ];
  const acts: Record<string, () => unknown> = {
    invite: inviting,
    revoke: revoking,
    reset: () => confirmed("reset", () => unwrap(client.POST("/api/v1/people/{person_id}/reset-authenticator", { params: { path } }))),
    signOut: () => confirmed("signOut", () => unwrap(client.POST("/api/v1/people/{person_id}/sign-out", { params: { path } }))),
  };
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => void acts[key]?.() }}>
        <Button type="text" size="small" icon={<MoreOutlined aria-hidden />} aria-label={t("people.help.label", { name: person.name })} />
      </Dropdown>
      <InvitationOnce made={made} name={person.name} onDone={() => setMade(null)} />
    </>
  );
}

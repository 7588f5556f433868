import { MoreOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Person } from "../../api/contract";
import { useReportProblem } from "../ProblemView";

/** Help for somebody who lost a telephone or left a station signed in. */
export function PersonHelp({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const cache = useQueryClient();
  const report = useReportProblem();
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
  const items = [
    { key: "signOut", label: t("people.help.signOutShort") },
    ...(person.second_factor ? [{ key: "reset", danger: true, label: t("people.help.resetShort") }] : []),
  ];
  const choose = (key: string) =>
    key === "reset"
      ? confirmed("reset", () => unwrap(client.POST("/api/v1/people/{person_id}/reset-authenticator", { params: { path } })))
      : confirmed("signOut", () => unwrap(client.POST("/api/v1/people/{person_id}/sign-out", { params: { path } })));
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => void choose(key) }}>
      <Button type="text" size="small" icon={<MoreOutlined aria-hidden />} aria-label={t("people.help.label", { name: person.name })} />
    </Dropdown>
  );
}

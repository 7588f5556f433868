import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Team } from "../../api/production";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { PeopleControl } from "./controls";
import { PartTable } from "./PartTable";
import { siteId, siteText, usePlantFields } from "./plantFields";
import { usePlantPeople } from "./QualificationsTab";

interface TeamForm {
  code: string;
  name_zh: string;
  name_en: string;
  site: string;
  members: string[];
  retired: boolean;
  extra: Record<string, unknown>;
}

const SHOWN = 6;

/** People who work together. */
export function TeamsTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const writes = useMay()("production:plant:write");
  const people = usePlantPeople();
  const { names, site, siteName, retired, extra, nameOf, nameColumn, codeColumn } = usePlantFields();
  const person = (uri: string) => {
    const found = people.find((each) => each.uri === uri);
    return named(language, found?.name_zh, found?.name_en, decodeURIComponent(uri.split(":").at(-1) ?? uri));
  };
  return (
    <PartTable<Team, TeamForm>
      name="teams"
      label={t("plant.tab.teams")}
      load={(signal) => unwrap(client.GET("/api/v1/plant/teams", { signal }))}
      columns={(open) => [
        nameColumn(open),
        codeColumn(),
        {
          key: "members",
          title: t("plant.column.members"),
          render: ({ members }) => members.slice(0, SHOWN).map(person).join(language === "en" ? ", " : "、") + (members.length > SHOWN ? ` … (${members.length})` : "") || "–",
        },
        { key: "site", title: t("plant.column.site"), render: ({ site_id }) => siteName(site_id) },
      ]}
      fields={(existing) => [...names, site(true), { kind: "custom", name: "members", label: t("plant.column.members"), help: t("plant.field.personHelp"), control: <PeopleControl people={people} /> }, ...(existing ? [retired] : []), extra]}
      toForm={(team) => ({
        code: team?.code ?? "", name_zh: team?.name_zh ?? "", name_en: team?.name_en ?? "", site: siteText(team?.site_id ?? null), members: [...(team?.members ?? [])], retired: team?.retired ?? false, extra: team?.extra ?? {},
      })}
      titleOf={nameOf}
      save={({ site: chosen, retired: gone, ...same }, existing) => {
        const body = { ...same, site_id: siteId(chosen) };
        return existing
          ? unwrap(client.PATCH("/api/v1/plant/teams/{row_id}", { params: { path: { row_id: existing.id } }, body: { ...body, retired: gone } }))
          : unwrap(client.POST("/api/v1/plant/teams", { body }));
      }}
      newLabel={t("plant.new.team")}
      writes={writes}
      empty={{ title: t("plant.empty.teamsTitle"), text: t("plant.empty.teamsText") }}
      words={({ code, name_zh, name_en, members }) => `${code} ${name_zh} ${name_en} ${members.map(person).join(" ")}`}
    />
  );
}

import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Tag, Tooltip } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { InvitationMade, Page, Person, PersonInput } from "../../api/contract";
import { roleNames, siteNames, useRolesQuery } from "../../api/permissions";
import { useMay, useSession } from "../../api/session";
import { useFormats } from "../../i18n/format";
import "../../i18n/invitation";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar, type FilterField } from "../../meta/FilterBar";
import { useFilters } from "../../meta/filters";
import { FormDrawer } from "../../meta/FormDrawer";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import { InvitationOnce } from "./InvitationOnce";
import { invite } from "./invite";
import { PersonHelp } from "./PersonHelp";
import { usePersonFields } from "./personFields";

const FILTERS = ["search"] as const;
/** What the form holds; `invite`: whether a new person gets a link to choose a password. */
type PersonForm = PersonInput & { invite?: boolean };
const NOBODY: PersonForm = { login: "", name: "", language: "zh", active: true, roles: [], badge: "", pin: "", mail: "", invite: true };

function Roles({ person }: { person: Person }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const may = useMay();
  const roles = roleNames(useRolesQuery(may("tenancy:role:read")).data?.rows ?? []);
  const places = siteNames(sites);
  return (
    <span className="tags">
      {person.roles.map(({ role_id, site_id = null }) => {
        const role = roles.get(role_id);
        const site = site_id === null ? null : places.get(site_id);
        const where = site_id === null ? t("people.allSites") : site ? named(language, site.name_zh, site.name_en, site.code) : String(site_id);
        return (
          <Tag key={`${role_id} ${site_id ?? ""}`}>
            {role ? named(language, role.name_zh, role.name_en) : role_id} · {where}
          </Tag>
        );
      })}
    </span>
  );
}

/** Whether somebody may sign in, and whether they can: a link is under way, or none was made yet and nothing else lets them in. */
function State({ person }: { person: Person }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const waits = person.active && !person.has_password && !person.has_pin && !person.last_login;
  return (
    <span className="tags">
      <Tag color={person.active ? "success" : "default"}>{person.active ? t("people.active") : t("people.inactive")}</Tag>
      {person.invited ? (
        <Tooltip title={t("invitation.invitedUntil", { time: formats.dateTime(person.invited) })}>
          <Tag color="processing">{t("invitation.invited")}</Tag>
        </Tooltip>
      ) : (
        waits && <Tag color="warning">{t("invitation.waiting")}</Tag>
      )}
    </span>
  );
}

function usePeopleColumns(onOpen: ((person: Person) => void) | undefined): Column<Person>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(
    (): Column<Person>[] => [
      {
        key: "name",
        title: t("people.column.name"),
        fixed: true,
        card: "heading",
        render: (person) => <NameButton name={person.name} onOpen={onOpen && (() => onOpen(person))} />,
      },
      { key: "login", title: t("people.column.login"), render: ({ login }) => <span className="code">{login}</span> },
      { key: "roles", title: t("people.column.roles"), render: (person) => <Roles person={person} /> },
      {
        key: "state",
        title: t("people.column.state"),
        card: "corner",
        render: (person) => <State person={person} />,
      },
      {
        key: "secondFactor",
        title: t("people.column.secondFactor"),
        card: "none",
        render: ({ second_factor: on }) => (on ? <Tag color="success">{t("account.proof.on")}</Tag> : <span className="muted">{t("account.proof.off")}</span>),
      },
      { key: "language", title: t("people.column.language"), card: "none", render: ({ language }) => t(`account.languageNames.${language}`) },
      {
        key: "lastLogin",
        title: t("people.column.lastLogin"),
        render: ({ last_login: last }) => (last ? <span className="num">{formats.dateTime(last)}</span> : <span className="muted">{t("people.never")}</span>),
      },
      {
        key: "created",
        title: t("people.column.created"),
        hidden: true,
        card: "none",
        render: ({ created }) => <span className="num">{formats.dateTime(created)}</span>,
      },
    ],
    [t, formats, onOpen],
  );
}

/** The server sends everybody; who is looked for is found here. */
function matching(page: Page<Person>, search: string): Page<Person> {
  const typed = search.toLowerCase();
  const rows = page.rows.filter(({ name, login }) => `${name} ${login}`.toLowerCase().includes(typed));
  return { ...page, rows, total: rows.length };
}

/** What to send: an empty PIN means "leave it". */
function cleaned({ pin, invite: _invite, ...person }: PersonForm): PersonInput {
  return { ...person, ...(pin ? { pin } : {}) };
}

function inputOf({ login, name, language, active, roles, badge, mail }: Person): PersonForm {
  return { login, name, language, active, roles: [...roles], badge: badge ?? "", mail: mail ?? "", pin: "" };
}

export default function PeoplePage() {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [edited, setEdited] = useState<Person | "new" | null>(null);
  const [invited, setInvited] = useState<{ made: InvitationMade; name: string } | null>(null);
  const writes = may("tenancy:person:write");
  const columns = usePeopleColumns(writes ? setEdited : undefined);
  const filters = useFilters(FILTERS);
  const filterFields: FilterField[] = [{ kind: "text", name: "search", label: t("people.search") }];
  const list = usePagedList<Person>(["people", filters.values], async (_cursor, signal) =>
    matching(await unwrap(client.GET("/api/v1/people", { signal })), filters.values.search ?? ""),
  );
  const existing = edited === "new" ? null : edited;
  const fields = usePersonFields(existing === null);

  const save = async (values: PersonForm) => {
    if (existing) await unwrap(client.PATCH("/api/v1/people/{person_id}", { params: { path: { person_id: existing.id } }, body: cleaned(values) }));
    else {
      const added = await unwrap(client.POST("/api/v1/people", { body: cleaned(values) }));
      // the person is there whatever becomes of the invitation, which can be made again
      if (values.invite && values.active) await invite(added.id).then((made) => setInvited({ made, name: added.name }), report);
    }
    await cache.invalidateQueries({ queryKey: ["people"] });
    void cache.invalidateQueries({ queryKey: ["roles"] });
  };

  return (
    <div className="page">
      <PageHead title={t("people.title")} text={t("people.text")}>
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEdited("new")}>
            {t("people.new")}
          </Button>
        )}
        <ViewMenu name="people" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <FilterBar fields={filterFields} filters={filters} />
      <DataTable<Person>
        name="people"
        label={t("people.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        {...(writes ? { onOpen: setEdited, actions: (person: Person) => <PersonHelp person={person} />, actionsTitle: t("people.column.help") } : {})}
        empty={
          filters.active ? (
            <Empty title={t("list.noneFound")} text={t("list.noneFoundHelp")} />
          ) : (
            <Empty title={t("people.emptyTitle")} text={t("people.emptyText")} />
          )
        }
      />
      <FormDrawer<PersonForm>
        open={edited !== null}
        title={existing ? t("people.edit", { name: existing.name }) : t("people.new")}
        fields={fields}
        initial={existing ? inputOf(existing) : NOBODY}
        onSubmit={save}
        onClose={() => setEdited(null)}
      />
      <InvitationOnce made={invited?.made ?? null} name={invited?.name ?? ""} onDone={() => setInvited(null)} />
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { PlantPerson, Qualification, Qualified } from "../../api/production";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { NameButton } from "../../meta/NameButton";
import { DayControl, PersonControl } from "./controls";
import { PartTable } from "./PartTable";
import { usePlantFields } from "./plantFields";

interface QualificationForm {
  code: string;
  name_zh: string;
  name_en: string;
  retired: boolean;
  extra: Record<string, unknown>;
}

interface HolderForm {
  qualification: string;
  person: string;
  valid_from: string;
  valid_to: string | null;
}

export function usePlantPeople(): PlantPerson[] {
  return useQuery({ queryKey: ["plant", "people"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/people", { signal })) }).data?.rows ?? [];
}

function Validity({ holder }: { holder: Qualified }) {
  const { t } = useTranslation();
  const today = dayjs().format("YYYY-MM-DD");
  if (holder.valid_to !== null && holder.valid_to < today) return <Tag color="error">{t("plant.expired")}</Tag>;
  return holder.valid_from > today ? <Tag>{t("plant.notYet")}</Tag> : <Tag color="success">{t("plant.valid")}</Tag>;
}

function Holders({ qualifications, writes }: { qualifications: readonly Qualification[]; writes: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const people = usePlantPeople();
  const { nameOf } = usePlantFields();
  const person = (uri: string) => {
    const found = people.find((each) => each.uri === uri);
    return named(language, found?.name_zh, found?.name_en, decodeURIComponent(uri.split(":").at(-1) ?? uri));
  };
  const qualification = (id: number) => {
    const found = qualifications.find((each) => each.id === id);
    return found ? nameOf(found) : `#${id}`;
  };
  return (
    <PartTable<Qualified, HolderForm>
      name="holders"
      label={t("plant.holdersAll")}
      load={(signal) => unwrap(client.GET("/api/v1/plant/holders", { signal }))}
      columns={(open) => [
        { key: "person", title: t("plant.column.person"), fixed: true, card: "heading", render: (row) => <NameButton name={person(row.person)} onOpen={open ? () => open(row) : undefined} /> },
        { key: "qualification", title: t("plant.tab.qualifications"), render: (row) => qualification(row.qualification_id) },
        { key: "state", title: t("plant.column.state"), card: "corner", render: (row) => <Validity holder={row} /> },
        { key: "from", title: t("plant.column.from"), render: (row) => <span className="num">{row.valid_from}</span> },
        { key: "to", title: t("plant.column.to"), render: (row) => (row.valid_to ? <span className="num">{row.valid_to}</span> : t("plant.forever")) },
      ]}
      fields={(existing) => [
        ...(existing
          ? []
          : [
              { kind: "choice" as const, name: "qualification", label: t("plant.tab.qualifications"), required: true, choices: qualifications.filter(({ retired }) => !retired).map((each) => ({ value: String(each.id), label: `${nameOf(each)} · ${each.code}` })) },
              { kind: "custom" as const, name: "person", label: t("plant.column.person"), help: t("plant.field.personHelp"), control: <PersonControl people={people} /> },
            ]),
        { kind: "custom", name: "valid_from", label: t("plant.field.validFrom"), control: <DayControl clearable={false} /> },
        { kind: "custom", name: "valid_to", label: t("plant.field.validTo"), control: <DayControl /> },
      ]}
      toForm={(row) => ({ qualification: String(row?.qualification_id ?? qualifications.find(({ retired }) => !retired)?.id ?? ""), person: row?.person ?? "", valid_from: row?.valid_from ?? dayjs().format("YYYY-MM-DD"), valid_to: row?.valid_to ?? null })}
      titleOf={(row) => `${person(row.person)} · ${qualification(row.qualification_id)}`}
      save={({ qualification: chosen, person: who, valid_from, valid_to }, existing) =>
        existing
          ? unwrap(client.PATCH("/api/v1/plant/holders/{row_id}", { params: { path: { row_id: existing.id } }, body: { valid_from, valid_to } }))
          : unwrap(client.POST("/api/v1/plant/holders", { body: { qualification_id: Number(chosen), person: who, valid_from, valid_to } }))
      }
      remove={({ id }) => unwrap(client.DELETE("/api/v1/plant/holders/{row_id}", { params: { path: { row_id: id } } }))}
      newLabel={t("plant.new.holder")}
      writes={writes && qualifications.length > 0}
      empty={{ title: t("plant.empty.holdersTitle"), text: t("plant.empty.holdersText") }}
      words={(row) => `${person(row.person)} ${row.person} ${qualification(row.qualification_id)}`}
    />
  );
}

/** What people must have learnt, and who holds it until when. */
export function QualificationsTab() {
  const { t } = useTranslation();
  const writes = useMay()("production:plant:write");
  const { names, retired, extra, nameOf, nameColumn, codeColumn } = usePlantFields();
  const load = (signal: AbortSignal) => unwrap(client.GET("/api/v1/plant/qualifications", { signal }));
  const all = useQuery({ queryKey: ["plant", "qualifications", "all"], queryFn: ({ signal }) => load(signal) }).data?.rows ?? [];
  return (
    <>
      <PartTable<Qualification, QualificationForm>
        name="qualifications"
        label={t("plant.tab.qualifications")}
        load={load}
        columns={(open) => [nameColumn(open), codeColumn(), { key: "holders", title: t("plant.column.holders"), align: "end", card: "corner", render: ({ holders }) => <span className="num">{holders}</span> }]}
        fields={(existing) => [...names, ...(existing ? [retired] : []), extra]}
        toForm={(row) => ({ code: row?.code ?? "", name_zh: row?.name_zh ?? "", name_en: row?.name_en ?? "", retired: row?.retired ?? false, extra: row?.extra ?? {} })}
        titleOf={nameOf}
        save={({ retired: gone, ...body }, existing) =>
          existing
            ? unwrap(client.PATCH("/api/v1/plant/qualifications/{row_id}", { params: { path: { row_id: existing.id } }, body: { ...body, retired: gone } }))
            : unwrap(client.POST("/api/v1/plant/qualifications", { body }))
        }
        newLabel={t("plant.new.qualification")}
        writes={writes}
        empty={{ title: t("plant.empty.qualificationsTitle"), text: t("plant.empty.qualificationsText") }}
        words={({ code, name_zh, name_en }) => `${code} ${name_zh} ${name_en}`}
      />
      {all.length > 0 && (
        <section className="part-section">
          <h2>{t("plant.holdersAll")}</h2>
          <Holders qualifications={all} writes={writes} />
        </section>
      )}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Flex, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { EventDetail } from "../../api/contract";
import type { components } from "../../api/schema";
import { tailOf } from "../../api/vocabulary";
import { ProblemView } from "../ProblemView";
import { EventFields } from "./EventFields";

type Entry = components["schemas"]["EntryBehind"];
type Finding = Entry["faults"][number];

const STEP = "step:";

function FoundLine({ found, entry }: { found: Finding; entry: Entry }) {
  const { t } = useTranslation();
  const given = found.overridden ? entry.overrides.find(({ check }) => check === found.check) : undefined;
  return (
    <li>
      <Tag color={found.overridden ? "error" : "warning"}>{t(found.overridden ? "events.entry.letPass" : "events.entry.warned")}</Tag>
      <span>{found.text}</span>
      {given && <p className="muted">{t("events.entry.reason", { who: given.by ? tailOf(given.by) : entry.sent_by, reason: given.reason })}</p>}
    </li>
  );
}

/** The entry that the event was made of, or judged as: its node, and what was found though it was recorded. */
export function EventEntry({ event: { number, document, participations }, language }: { event: EventDetail; language: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["event", number, "entry", language],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/events/{number}/entry", { params: { path: { number: String(number) } }, signal })),
  });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  const { entry } = query.data;
  if (!entry) return null;
  const step = entry.node.startsWith(STEP) ? entry.node.slice(STEP.length) : null;
  return (
    <>
    <EventFields document={document} form={entry.form} items={participations} />
    <section>
      <h2>{t("events.entry.title")}</h2>
      <Flex gap={8} align="center" wrap>
        {step === null ? (
          <span>
            {t("events.entry.node")} <span className="code">{entry.node}</span> {t("events.entry.version", { version: entry.version })}
          </span>
        ) : (
          <span>{t("events.entry.byStep")}</span>
        )}
        {entry.late && <Tag color="warning">{t("events.entry.late")}</Tag>}
        {entry.faults.length === 0 && <Tag color="success">{t("events.entry.nothing")}</Tag>}
      </Flex>
      {entry.faults.length > 0 && (
        <ul className="event-findings">
          {entry.faults.map((found, at) => (
            <FoundLine key={`${found.code} ${at}`} found={found} entry={entry} />
          ))}
        </ul>
      )}
    </section>
    </>
  );
}

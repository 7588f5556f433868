import { Skeleton } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { DecodedCode, ItemRow } from "../api/contract";
import { useMay } from "../api/session";
import { useNames } from "../api/vocabulary";
import { EventDrawer } from "../console/events/EventDrawer";
import { ProblemView } from "../console/ProblemView";
import { Problem } from "../api/problem";
import { CodeBox } from "./CodeBox";
import { type Desk, useDesk } from "./deskState";
import { EmptyDesk, ItemCards } from "./EmptyDesk";
import { ItemPage } from "./ItemPage";
import { useRecent } from "./recent";
import "./trace.css";
import { UnknownCode } from "./UnknownCode";
import { useDecoded, useItem, useLabelled } from "./useTrace";

/** A code was refused: the box shows what is wrong with it, so the page below need not repeat it. */
const isRefusal = (error: Error | null): boolean => error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 403;

function ItemOrProblem({ id, desk }: { id: number; desk: Desk }) {
  const { data, error, refetch } = useItem(id);
  const remember = useRecent((state) => state.remember);
  useEffect(() => {
    if (data) remember({ code: data.uri, label: data.label, kind: data.kind });
  }, [data, remember]);
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return <ItemPage key={data.id} item={data} desk={desk} />;
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="panel" role="status" aria-label={t("trace.page.loading")}>
      <Skeleton active paragraph={{ rows: 6 }} />
    </div>
  );
}

/** One label on several items: which one is meant? */
function SameLabel({ items, desk }: { items: readonly ItemRow[]; desk: Desk }) {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <h2>{t("trace.unknown.several", { count: items.length })}</h2>
      <ItemCards items={items} desk={desk} />
    </section>
  );
}

interface BodyProps {
  readonly desk: Desk;
  readonly decoded: DecodedCode | undefined;
  /** The item that carries the code as its label. */
  readonly found: number | null;
  readonly error: Error | null;
  readonly onRetry: () => void;
}

function Body({ desk, decoded, found, error, onRetry }: BodyProps) {
  const { code, itemId } = desk.state;
  const id = itemId ?? decoded?.item_id ?? found;
  if (id !== null) return <ItemOrProblem id={id} desk={desk} />;
  if (code === null) return <EmptyDesk desk={desk} />;
  if (error) return isRefusal(error) ? <EmptyDesk desk={desk} /> : <ProblemView error={error} onRetry={onRetry} />;
  return decoded ? <UnknownCode code={code} decoded={decoded} desk={desk} /> : <Waiting />;
}

/** The trace desk: one box for any code, and below it everything that is known of what the code names. */
export default function TraceDesk() {
  const { t } = useTranslation();
  const desk = useDesk();
  const names = useNames();
  const may = useMay();
  const { code, itemId, event } = desk.state;
  const decoded = useDecoded(itemId === null ? code : null);
  const refused = isRefusal(decoded.error);
  const labelled = useLabelled(refused ? code : null);
  const found = labelled.data ?? [];
  const error = refused && found.length > 0 ? null : decoded.error;
  return (
    <div className="page trace-desk">
      <h1 className="visually-hidden">{t("trace.title")}</h1>
      <CodeBox desk={desk} decoded={decoded.data} error={isRefusal(error) && !labelled.isFetching ? error : null} reading={decoded.isFetching || labelled.isFetching} />
      {found.length > 1 ? (
        <SameLabel items={found} desk={desk} />
      ) : (
        <Body desk={desk} decoded={decoded.data} found={found[0]?.id ?? null} error={labelled.isFetching ? null : error} onRetry={() => void decoded.refetch()} />
      )}
      {may("trace:event:read") && <EventDrawer number={event} neighbours={[]} names={names} onOpen={(number) => desk.set({ event: number })} />}
    </div>
  );
}

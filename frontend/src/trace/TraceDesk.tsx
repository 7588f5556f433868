import { Skeleton } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { DecodedCode } from "../api/contract";
import { useMay } from "../api/session";
import { useNames } from "../api/vocabulary";
import { EventDrawer } from "../console/events/EventDrawer";
import { ProblemView } from "../console/ProblemView";
import { Problem } from "../api/problem";
import { CodeBox } from "./CodeBox";
import { type Desk, useDesk } from "./deskState";
import { EmptyDesk } from "./EmptyDesk";
import { ItemPage } from "./ItemPage";
import { useRecent } from "./recent";
import "./trace.css";
import { UnknownCode } from "./UnknownCode";
import { useDecoded, useItem } from "./useTrace";

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

function Body({ desk, decoded, error, onRetry }: { desk: Desk; decoded: DecodedCode | undefined; error: Error | null; onRetry: () => void }) {
  const { code, itemId } = desk.state;
  const id = itemId ?? decoded?.item_id ?? null;
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
  return (
    <div className="page trace-desk">
      <h1 className="visually-hidden">{t("trace.title")}</h1>
      <CodeBox desk={desk} decoded={decoded.data} error={isRefusal(decoded.error) ? decoded.error : null} reading={decoded.isFetching} />
      <Body desk={desk} decoded={decoded.data} error={decoded.error} onRetry={() => void decoded.refetch()} />
      {may("trace:event:read") && <EventDrawer number={event} neighbours={[]} names={names} onOpen={(number) => desk.set({ event: number })} />}
    </div>
  );
}

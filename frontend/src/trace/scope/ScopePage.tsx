import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useMay } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { EventDrawer } from "../../console/events/EventDrawer";
import { PageHead } from "../../console/PageHead";
import { ProblemView } from "../../console/ProblemView";
import { useFormats } from "../../i18n/format";
import { Breakdown } from "./Breakdown";
import { ExportScope } from "./ExportScope";
import { Lessons } from "./Lessons";
import { Outcome } from "./Outcome";
import { addressOf, isAsked, type Narrowed, type Question, questionOf, type ScopeAnswer } from "./question";
import { ScopeTable } from "./ScopeTable";
import { StartPanel } from "./StartPanel";
import { UnknownCodes } from "./UnknownCodes";
import { useScope } from "./useScope";
import "../trace.css";
import "./scope.css";

function Working({ comparing, onCancel }: { comparing: boolean; onCancel: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds((Date.now() - began) / 1000), 200);
    return () => clearInterval(timer);
  }, []);
  return (
    <section className="panel scope-working" role="status">
      <span className="scope-wave" aria-hidden="true" />
      <p>
        {comparing ? t("scope.comparing") : t("scope.working")} <span className="num muted">{t("scope.seconds", { seconds: formats.number(seconds, 1) })}</span>
      </p>
      <Button onClick={onCancel}>{t("scope.cancel")}</Button>
    </section>
  );
}

interface AnswerProps {
  readonly question: Question;
  readonly answer: ScopeAnswer;
  readonly onEvent: (number: number) => void;
  readonly onQuestion: (question: Question) => void;
}

function Answer({ question, answer, onEvent, onQuestion }: AnswerProps) {
  const [narrowed, setNarrowed] = useState<Narrowed>({});
  const list = useRef<HTMLElement>(null);
  const narrow = (change: Narrowed): void => {
    setNarrowed((now) => Object.fromEntries(Object.entries({ ...now, ...change } as Record<string, string | undefined>).filter(([, value]) => value !== undefined)));
    list.current?.scrollIntoView({ behavior: "smooth", block: "start" });
  };
  return (
    <>
      <Outcome answer={answer} question={question} onNarrow={narrow} onEvent={onEvent} onQuestion={onQuestion} />
      <Breakdown summary={answer.summary} narrowed={narrowed} onNarrow={narrow} />
      <section ref={list} className="scope-list-anchor">
        <ScopeTable question={question} answer={answer} narrowed={narrowed} onNarrowed={setNarrowed} onEvent={onEvent} />
      </section>
    </>
  );
}

/** From any start set to everything it touches, or to everything that went into it: counted, listed, explained, taken away. */
export default function ScopePage() {
  const { t } = useTranslation();
  const may = useMay();
  const names = useNames();
  const cache = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const question = useMemo(() => questionOf(search), [search]);
  const [event, setEvent] = useState<number | null>(null);
  const [cancelled, setCancelled] = useState(false);
  // the scope itself is there at once; the comparison with the time-blind search takes longer, and follows
  const plain = useMemo((): Question => ({ ...question, closure: false }), [question]);
  const first = useScope(plain);
  const full = useScope(question, !question.closure || first.isSuccess);
  const isFetching = first.isFetching || full.isFetching;
  const error = first.error ?? full.error;
  const data = full.isFetching ? first.data : (full.data ?? first.data);
  const refetch = async (): Promise<void> => {
    if (question.closure) await first.refetch();
    await full.refetch();
  };
  const ask = (next: Question): void => {
    setCancelled(false);
    const address = addressOf(next);
    if (address === search.toString()) void refetch();
    else setSearch(address);
  };
  const cancel = (): void => {
    setCancelled(true);
    void cache.cancelQueries({ queryKey: ["scope", plain] });
    void cache.cancelQueries({ queryKey: ["scope", question] });
  };
  return (
    <div className="page scope-page">
      <PageHead title={t("scope.title")} text={t("scope.text")}>
        {data && !isFetching && may("trace:answer:export") && <ExportScope question={question} answer={data} />}
      </PageHead>
      <StartPanel key={search.toString()} question={question} busy={isFetching} onAsk={ask} />
      {isFetching && <Working comparing={!first.isFetching && first.data !== undefined} onCancel={cancel} />}
      {cancelled && !isFetching && !data && (
        <p role="status" className="panel scope-stopped">
          {t("scope.cancelled")}
        </p>
      )}
      {error && !isFetching && <UnknownCodes error={error} question={question} onAsk={ask} otherwise={<ProblemView error={error} onRetry={() => void refetch()} />} />}
      {data && !first.isFetching && <Answer key={search.toString()} question={data === full.data ? question : plain} answer={data} onEvent={setEvent} onQuestion={ask} />}
      {!isAsked(question) && <Lessons onAsk={ask} />}
      {may("trace:event:read") && <EventDrawer number={event} neighbours={[]} names={names} onOpen={setEvent} />}
    </div>
  );
}

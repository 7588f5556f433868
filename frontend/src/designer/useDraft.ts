import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { client, unwrap } from "../api/client";
import { type Definition, type DefinitionProblem, type Titles, useDefinitionActions } from "./definitions";
import { useDocument } from "./useDocument";

export interface BodyDraft<Body> extends Titles {
  body: Body;
}

/** A definition under edit: its draft with undo and redo, and how it is kept. */
export function useDraft<Body extends object>(definition: Definition, bodyOf: (body: Record<string, unknown>) => Body) {
  const { row, body } = definition;
  const server = useMemo<BodyDraft<Body>>(
    () => ({ title_zh: row.title_zh, title_en: row.title_en, body: bodyOf(body) }),
    [row.title_zh, row.title_en, body, bodyOf],
  );
  const edited = useDocument<BodyDraft<Body>>(server);
  const { follow } = edited;
  const actions = useDefinitionActions(row.kind, row.key);
  // an older version taken back, or somebody else's draft: the screen follows the server
  useEffect(() => follow(server), [server, follow]);
  const save = async () => {
    const { body: kept, ...titles } = edited.document;
    const saved = await actions.save.mutateAsync({ ...titles, revision: row.revision, body: { ...kept } as Record<string, unknown> });
    return saved.row;
  };
  return { ...edited, save };
}

/** What keeps a body from being published, asked again whenever it settles. */
export function useProblems(kind: string, body: object): { problems: readonly DefinitionProblem[]; current: boolean } {
  const text = JSON.stringify(body);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ["definition-problems", kind, settled],
    queryFn: ({ signal }) =>
      unwrap(
        client.POST("/api/v1/definitions/{definition_kind}/validate", {
          params: { path: { definition_kind: kind } },
          body: { body: JSON.parse(settled) as Record<string, unknown> },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });
  return { problems: query.data?.rows ?? [], current: query.isSuccess && !query.isPlaceholderData && settled === text };
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { client, unwrap } from "../../api/client";
import type { Definition, DefinitionProblem, Titles } from "../definitions";
import { useDefinitionActions } from "../definitions";
import { useDocument } from "../useDocument";
import { type NodeBody, nodeOf, TRACE_NODE } from "./model";

export interface NodeDraft extends Titles {
  body: NodeBody;
}

function useSettled<Value>(value: Value, milliseconds = 250): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** A node under edit: its draft with undo and redo, and how it is kept. */
export function useNode(definition: Definition) {
  const { row, body } = definition;
  const server = useMemo<NodeDraft>(() => ({ title_zh: row.title_zh, title_en: row.title_en, body: nodeOf(body) }), [row.title_zh, row.title_en, body]);
  const edited = useDocument<NodeDraft>(server);
  const { follow } = edited;
  const actions = useDefinitionActions(TRACE_NODE, row.key);
  // an older version taken back, or somebody else's draft: the screen follows the server
  useEffect(() => follow(server), [server, follow]);
  const save = async () => {
    const { body: kept, ...titles } = edited.document;
    const saved = await actions.save.mutateAsync({ ...titles, revision: row.revision, body: { ...kept } });
    return saved.row;
  };
  return { ...edited, save };
}

/** What keeps a node from being published, asked again whenever it changes. */
export function useNodeProblems(body: NodeBody): { problems: readonly DefinitionProblem[]; current: boolean } {
  const settled = useSettled(JSON.stringify(body));
  const query = useQuery({
    queryKey: ["node-problems", settled],
    queryFn: ({ signal }) =>
      unwrap(
        client.POST("/api/v1/definitions/{definition_kind}/validate", {
          params: { path: { definition_kind: TRACE_NODE } },
          body: { body: JSON.parse(settled) as Record<string, unknown> },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });
  return { problems: query.data?.rows ?? [], current: query.isSuccess && !query.isPlaceholderData };
}

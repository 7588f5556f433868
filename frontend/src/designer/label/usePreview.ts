import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { client, unwrap } from "../../api/client";
import type { Dpi, LabelPreview } from "../../api/labels";
import { useLanguage } from "../../i18n/language";
import type { LabelDocument } from "./model";

const QUIET_MS = 220;

/** The true print image of a document, a moment after its last change; the one before stays until then. */
export function usePreview(document: LabelDocument, values: Record<string, string> | null, dpi: Dpi) {
  const language = useLanguage();
  const [settled, setSettled] = useState({ document, values });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ document, values }), QUIET_MS);
    return () => clearTimeout(timer);
  }, [document, values]);
  return useQuery({
    queryKey: ["labels", "preview", settled, dpi, language],
    queryFn: ({ signal }): Promise<LabelPreview> =>
      unwrap(client.POST("/api/v1/labels/preview", { body: { body: { ...settled.document }, values: settled.values, dpi }, signal })),
    placeholderData: (before) => before,
    gcTime: 30_000,
    retry: false,
  });
}

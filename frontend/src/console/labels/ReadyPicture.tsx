import { useQuery } from "@tanstack/react-query";

import { client, unwrap } from "../../api/client";
import type { LabelPreview, ReadyLabel } from "../../api/labels";

/** The print image of a label to start from. */
export function ReadyPicture({ label }: { label: ReadyLabel }) {
  const { data } = useQuery({
    queryKey: ["labels", "ready", label.key, "picture"],
    queryFn: ({ signal }): Promise<LabelPreview> => unwrap(client.POST("/api/v1/labels/preview", { body: { body: label.body, values: null, dpi: 203 }, signal })),
    staleTime: Infinity,
  });
  return <div className="label-thumb">{data && <img src={`data:image/png;base64,${data.png}`} alt="" />}</div>;
}

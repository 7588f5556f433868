import { client, unwrap } from "../../api/client";
import type { InvitationMade } from "../../api/contract";

/** Make a link by which somebody chooses their password; any earlier one is worth nothing then. */
export async function invite(person: number): Promise<InvitationMade> {
  return unwrap(client.POST("/api/v1/people/{person_id}/invitation", { params: { path: { person_id: person } } }));
}

import { reach, requestHeaders } from "../../api/client";
import { problemOf } from "../../api/problem";

/** Have the server make a file from what is posted, and save it in this browser under a name. */
export async function savePosted(path: string, body: unknown, name: string): Promise<void> {
  const headers = { ...requestHeaders("POST"), "Content-Type": "application/json" };
  const response = await reach(path, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(body) });
  if (!response.ok) throw await problemOf(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

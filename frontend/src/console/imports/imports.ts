import { reach, requestHeaders } from "../../api/client";
import { problemOf } from "../../api/problem";
import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type ImportRow = Schemas["ImportRow"];
export type ImportDetail = Schemas["ImportDetail"];
export type ImportNode = Schemas["ImportNode"];
export type ColumnMapping = Schemas["ColumnMapping"];
export type JudgedRow = Schemas["JudgedRow"];

/** Send a table to be read; nothing is recorded by that. */
export async function sendTable(node: string, file: File): Promise<ImportDetail> {
  const query = new URLSearchParams({ node, name: file.name });
  const headers = { ...requestHeaders("POST"), "Content-Type": "application/octet-stream" };
  const response = await reach(`/api/v1/capture/imports?${query.toString()}`, { method: "POST", credentials: "same-origin", headers, body: file });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as ImportDetail;
}

/** The state as people see it: what is done, but not whole, says so. */
export function stateOf(row: ImportRow): ImportRow["state"] | "partly" {
  return row.state === "done" && row.refused > 0 ? "partly" : row.state;
}

/** Offset of this device's clock, as ISO 8601 has it. */
export function ownOffset(now = new Date()): string {
  const minutes = -now.getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

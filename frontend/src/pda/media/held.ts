/** What was photographed, chosen, signed or spoken on this page and is not yet part of an entry. The disk takes it with the entry. */
import { type AttachmentValue, type FieldValue, isAttachment, singles } from "../../capture";
import type { Bytes } from "../offline/disk";
import { sha256 } from "./sha256";

const MOST_HELD = 40;
/** The server takes no more of one attachment. */
export const LARGEST = 10 * 1024 * 1024;

const held = new Map<string, Bytes>();

/** Hold bytes, and return the value by which an entry names them. */
export async function hold(blob: Blob, name?: string): Promise<AttachmentValue> {
  const content = new Uint8Array(await blob.arrayBuffer());
  const digest = await sha256(content);
  held.delete(digest);
  held.set(digest, { sha256: digest, type: blob.type, content });
  // what an entry took is on the disk; the rest is what somebody took back
  for (const oldest of held.keys()) if (held.size > MOST_HELD) held.delete(oldest);
  return name === undefined ? { sha256: digest } : { sha256: digest, name: name.slice(-200) };
}

export function heldBytes(digest: string): Bytes | undefined {
  return held.get(digest);
}

/** The digests that values name. */
export function digestsOf(values: Readonly<Record<string, FieldValue | undefined>>): string[] {
  return Object.values(values).flatMap((value) => singles(value).flatMap((each) => (isAttachment(each) ? [each.sha256] : [])));
}

/** The bytes that an entry with these values brings along. */
export function bytesOf(values: Readonly<Record<string, FieldValue | undefined>>): Bytes[] {
  return digestsOf(values).flatMap((digest) => held.get(digest) ?? []);
}

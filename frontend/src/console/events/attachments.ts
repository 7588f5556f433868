/** What is attached to an event, found in its document: `suyuan:fields` names each by its digest. */
export interface EventAttachment {
  field: string;
  sha256: string;
  type: string;
  size: number;
  name: string;
}

const DIGEST = /^[0-9a-f]{64}$/u;

function attachmentsOf(fields: unknown): EventAttachment[] {
  if (typeof fields !== "object" || fields === null) return [];
  return Object.entries(fields).flatMap(([field, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((each): EventAttachment[] => {
      const { sha256, type, size, name } = (each ?? {}) as Record<string, unknown>;
      if (typeof sha256 !== "string" || !DIGEST.test(sha256)) return [];
      return [{ field, sha256, type: typeof type === "string" ? type : "", size: typeof size === "number" ? size : Number(size ?? 0), name: typeof name === "string" ? name : "" }];
    }),
  );
}

export function attachedTo(document: Readonly<Record<string, unknown>>): EventAttachment[] {
  return attachmentsOf(document["suyuan:fields"]);
}

/** The same from the raw entry, which knows the digests only. */
export function attachedIn(reading: unknown): EventAttachment[] {
  return typeof reading === "object" && reading !== null ? attachmentsOf((reading as { values?: unknown }).values) : [];
}

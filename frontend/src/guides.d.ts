/** The guides of docs/guide, built in by dev/guides.ts. */
declare module "virtual:guides/*" {
  /** Markdown by chapter. */
  export const texts: Readonly<Record<string, string>>;
  /** Addresses of pictures by file name. */
  export const pictures: Readonly<Record<string, string>>;
}

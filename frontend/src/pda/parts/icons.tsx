/** Pictures of the PDA, drawn in strokes of 2 on 24 × 24. */
const PATHS = {
  receive: "M12 3v11m0 0 4-4m-4 4-4-4M4 15v4a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-4",
  ship: "M12 14V3m0 0L8 7m4-4 4 4M4 15v4a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-4",
  feed: "M4 4h16l-6 8v7l-4 2v-9L4 4z",
  start: "M7 4v16l13-8L7 4z",
  finish: "M5 21V4m0 0h13l-3 4 3 4H5",
  inspect: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zm5-1.5L21 21M8 10.5l2 2 3.5-3.5",
  pack: "M3 8l9-5 9 5v8l-9 5-9-5V8zm0 0 9 5 9-5m-9 5v8",
  store: "M3 21V8l9-5 9 5v13M7 21v-9h10v9M7 16h10",
  pick: "M6 3v8a6 6 0 0 0 12 0V9a2 2 0 0 0-4 0V5a2 2 0 0 0-4 0v4M6 15l-3 6m15-6 3 6",
  back: "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v2",
  scrap: "M4 7h16M9 7V4h6v3m-9 0 1 14h10l1-14M10 11v6m4-6v6",
  split: "M12 21v-8m0 0L5 5m7 8 7-8M5 5v5m0-5h5m9 0v5m0-5h-5",
  merge: "M12 3v8m0 0-7 9m7-9 7 9M12 3 8.5 6.5M12 3l3.5 3.5",
  rework: "M20 12a8 8 0 1 1-3-6.2M20 3v5h-5",
  scan: "M4 8V5a1 1 0 0 1 1-1h3m8 0h3a1 1 0 0 1 1 1v3m0 8v3a1 1 0 0 1-1 1h-3m-8 0H5a1 1 0 0 1-1-1v-3M8 8v8m4-8v8m4-8v8",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  settings: "M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  place: "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  keyboard: "M3 6h18v12H3zm3 4h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zm8 8.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  voice: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zm-6-4a6 6 0 0 0 12 0M12 17v4m-3 0h6",
  ok: "M5 13l4.5 4.5L19 7",
  warn: "M12 4 2.5 20h19L12 4zm0 6v5m0 2.5v.01",
  refused: "M6 6l12 12M18 6 6 18",
  delete: "M9 5h11v14H9l-6-7 6-7zm3 4.5 5 5m0-5-5 5",
  queue: "M4 6h16M4 12h16M4 18h9",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9a8 8 0 0 1 16 0",
  call: "M12 3v2m0 14v2M6 17h12l-1.5-2.5V10a4.5 4.5 0 0 0-9 0v4.5L6 17zM3 8a9 9 0 0 1 2-4m16 4a9 9 0 0 0-2-4",
  book: "M5 4h6a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H5V4zm14 0h-4a2 2 0 0 0-2 2v14a2 2 0 0 1 2-2h4V4z",
  file: "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7",
  lamp: "M9 18h6m-5 3h4M8 14a6 6 0 1 1 8 0c-.7.6-1 1.300-1 2H9c0-.7-.3-1.400-1-2z",
  help: "M9.2 9a2.8 2.8 0 1 1 4.3 2.400c-1 .6-1.500 1.200-1.500 2.300m0 3v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  edit: "M4 20h4L19 9l-4-4L4 16v4z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Words in a node's icon, key or step, and the picture they mean. */
const MEANS: readonly (readonly [RegExp, IconName])[] = [
  [/receiv|receipt|inbox/u, "receive"], [/ship|dispatch/u, "ship"], [/feed|consum|load/u, "feed"], [/start|begin|play/u, "start"], [/finish|complet|end/u, "finish"],
  [/inspect|test|check|quality/u, "inspect"], [/pack/u, "pack"], [/put|stor/u, "store"], [/pick/u, "pick"], [/return/u, "back"], [/scrap|destroy|dispos/u, "scrap"],
  [/split/u, "split"], [/merge|mix|join/u, "merge"], [/rework|repair/u, "rework"],
];

export function iconOf(...words: readonly (string | null | undefined)[]): IconName {
  for (const word of words) {
    const found = MEANS.find(([pattern]) => pattern.test(word ?? ""));
    if (found) return found[1];
  }
  return "scan";
}

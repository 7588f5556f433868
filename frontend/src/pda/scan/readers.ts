/** Who reads codes from the camera's pictures: the browser where it can, else ours in WebAssembly, served by us. */

export interface CodeReader {
  /** The code in a picture as scanners send it; null where there is none. */
  read: (video: HTMLVideoElement) => Promise<string | null>;
}

interface Detected {
  rawValue: string;
}
interface Detector {
  detect: (source: HTMLVideoElement) => Promise<Detected[]>;
}
declare const BarcodeDetector: { new (options?: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> };

const WANTED = ["data_matrix", "qr_code", "code_128", "ean_13", "ean_8", "code_39", "itf", "pdf417", "aztec", "upc_a"];
/** What the shop floor cannot do without: a browser that lacks one of these reads too little. */
const NEEDED = ["data_matrix", "qr_code", "code_128", "ean_13"];

async function browsers(): Promise<CodeReader | null> {
  if (!("BarcodeDetector" in globalThis)) return null;
  const known = await BarcodeDetector.getSupportedFormats();
  if (!NEEDED.every((format) => known.includes(format))) return null;
  const detector = new BarcodeDetector({ formats: WANTED.filter((format) => known.includes(format)) });
  return { read: async (video) => (await detector.detect(video))[0]?.rawValue ?? null };
}

export async function codeReader(): Promise<CodeReader> {
  // a browser may promise a reader that its system does not have
  const own = await browsers().catch(() => null);
  if (own) return own;
  const { wasmReader } = await import("./wasmReader");
  return wasmReader();
}

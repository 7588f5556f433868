/** Reading codes with zxing in WebAssembly. The chunk and its program are fetched when a camera first opens, from our own server. */
import { type ReaderOptions, prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import program from "zxing-wasm/reader/zxing_reader.wasm?url";

import type { CodeReader } from "./readers";

const LONGEST_SIDE = 1280;
const OPTIONS: ReaderOptions = {
  formats: ["DataMatrix", "QRCode", "MicroQRCode", "Code128", "EAN13", "EAN8", "UPCA", "Code39", "ITF", "PDF417", "Aztec"],
  tryHarder: true,
  maxNumberOfSymbols: 1,
  textMode: "Plain",
};

/** What a scanner would send: codes of GS1 with the identifier that tells they are. */
export async function codeIn(image: ImageData): Promise<string | null> {
  const [found] = await readBarcodes(image, OPTIONS);
  if (!found || found.text === "") return null;
  return found.contentType === "GS1" ? found.symbologyIdentifier + found.text : found.text;
}

export async function wasmReader(): Promise<CodeReader> {
  await prepareZXingModule({ overrides: { locateFile: () => program }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("canvas");
  return {
    read: (video) => {
      const factor = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
      [canvas.width, canvas.height] = [Math.round(video.videoWidth * factor), Math.round(video.videoHeight * factor)];
      if (canvas.width === 0 || canvas.height === 0) return Promise.resolve(null);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      return codeIn(context.getImageData(0, 0, canvas.width, canvas.height));
    },
  };
}

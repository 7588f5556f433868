/** Pictures as they are kept: no larger than a person needs to see the fault, and without a word about where they were taken. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.82;

export function fitted(width: number, height: number, longest = LONGEST_SIDE): [number, number] {
  const factor = Math.min(1, longest / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
}

export function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("canvas"))), type, QUALITY));
}

/** Draw a picture anew, upright: what the camera wrote beside it (position, time, serial number) stays behind. */
export async function redrawn(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitted(picture.width, picture.height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas");
  // transparent parts would come out black
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return blobOf(canvas, "image/jpeg");
}

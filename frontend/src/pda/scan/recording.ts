/** Recording what somebody says, where the browser may listen. */

/** Spoken words need no more; a minute takes about 240 KB. */
const BITS_PER_SECOND = 32_000;

export function mayRecord(): boolean {
  return globalThis.isSecureContext && "MediaRecorder" in globalThis && Boolean((navigator as Partial<Navigator>).mediaDevices);
}

/** Record until `stop` is called or `most` seconds are over; the sound as bytes with their type. */
export async function record(most: number, onStart: (stop: () => void) => void): Promise<Blob> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  try {
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const over = new Promise<void>((resolve, reject) => {
      recorder.onstop = () => resolve();
      recorder.onerror = () => reject(new Error("MediaRecorder"));
    });
    const stop = () => {
      if (recorder.state !== "inactive") recorder.stop();
    };
    recorder.start();
    const timer = setTimeout(stop, most * 1000);
    onStart(stop);
    await over.finally(() => clearTimeout(timer));
    return new Blob(parts, { type: recorder.mimeType.split(";")[0] ?? "" });
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}

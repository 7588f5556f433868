/** Sound and vibration, so that an operator need not look: high and short for accepted, low and long for refused. */
import { usePda } from "./state";

export type Signal = "ok" | "warn" | "refused" | "tick";

/** Tones as [hertz, seconds]; patterns of vibration in milliseconds. */
const TONES: Record<Signal, readonly (readonly [number, number])[]> = {
  tick: [[1_560, 0.05]],
  ok: [[1_320, 0.07], [1_760, 0.11]],
  warn: [[740, 0.14], [740, 0.14]],
  refused: [[220, 0.28], [165, 0.42]],
};
const BUZZES: Record<Signal, number[]> = { tick: [20], ok: [40], warn: [80, 60, 80], refused: [250, 90, 250] };

let audio: AudioContext | null = null;

function play(signal: Signal): void {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
  let at = audio.currentTime;
  for (const [hertz, seconds] of TONES[signal]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = signal === "refused" ? "square" : "sine";
    tone.frequency.value = hertz;
    // without a slope the loudspeaker clicks
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.25, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.03;
  }
}

/** Browsers allow neither before the first touch or key of a visit; a scanner's keys count. */
export function signal(kind: Signal): void {
  const { sound, vibrate } = usePda.getState().settings;
  const touched = (navigator as { userActivation?: { hasBeenActive: boolean } }).userActivation?.hasBeenActive ?? true;
  if (!touched) return;
  if (sound && "AudioContext" in globalThis) play(kind);
  if (vibrate && "vibrate" in navigator) navigator.vibrate(BUZZES[kind]);
}

const LONG = 0.28;
const SHORT = 0.09;

/** A short high tone for what went well, a long low one for what did not: heads are down at a packing station. */
export function beep(well: boolean): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.06;
    tone.frequency.value = well ? 1320 : 220;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + (well ? SHORT : LONG));
    tone.onended = () => void audio.close();
  } catch {
    // a device without sound packs as well
  }
}

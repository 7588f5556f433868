/**
 * Scanners that type: keys that come faster than fingers, ended by Enter, Tab or silence. Works without any field having
 * the focus, and tells a scan from somebody who types.
 */

const FINGERS_MS = 45;
const SILENCE_MS = 110;
const SHORTEST = 4;
const GS = "\u001d";

export interface Key {
  key: string;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
}

/** What scanners send for GS when they cannot send it: Ctrl+], F8, and the substitute set for this device. */
function characterOf({ key, ctrlKey, altKey, metaKey }: Key): string | null {
  if ((ctrlKey && key === "]") || key === "F8" || key === GS) return GS;
  if (ctrlKey || altKey || metaKey) return null;
  return Array.from(key).length === 1 ? key : null;
}

/** Put GS in where the scanner sent something else. */
export function withSeparators(text: string, substitutes: readonly string[]): string {
  return substitutes.filter(Boolean).reduce((code, substitute) => code.replaceAll(substitute, GS), text);
}

export class Wedge {
  #text = "";
  #last = 0;
  #slowest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onScan: (text: string) => void) {}

  /** Feed a key at a time in milliseconds; true where it ended a scan, so that it means nothing else. */
  key(pressed: Key, at: number): boolean {
    clearTimeout(this.#timer);
    if (pressed.key === "Enter" || pressed.key === "Tab") return this.#end(1);
    const character = characterOf(pressed);
    if (character === null) return false;
    const gap = at - this.#last;
    if (this.#text && gap > SILENCE_MS * 3) this.#reset();
    if (this.#text) this.#slowest = Math.max(this.#slowest, gap);
    this.#text += character;
    this.#last = at;
    this.#timer = setTimeout(() => this.#end(SHORTEST), SILENCE_MS);
    return false;
  }

  /** With Enter also short and slow codes count: no field has the focus, so nothing else can be meant. */
  #end(shortest: number): boolean {
    const text = this.#text;
    const fast = this.#slowest <= FINGERS_MS;
    if (!text || text.length < shortest || (shortest > 1 && !fast)) {
      // fingers: what they typed waits for its Enter
      return false;
    }
    this.#reset();
    this.onScan(text);
    return true;
  }

  #reset(): void {
    this.#text = "";
    this.#slowest = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#reset();
  }
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT" || (target.tagName === "INPUT" && !["button", "checkbox", "radio", "submit"].includes((target as HTMLInputElement).type));
}

/** Listen to the whole page; fields that take text keep their own keys. */
export function listen(onScan: (text: string) => void): () => void {
  const wedge = new Wedge(onScan);
  const pressed = (event: KeyboardEvent) => {
    if (takesText(event.target) || event.isComposing) return;
    // the Enter that ends a scan must not press the button that happens to have the focus
    if (wedge.key(event, event.timeStamp)) event.preventDefault();
  };
  document.addEventListener("keydown", pressed, true);
  return () => {
    document.removeEventListener("keydown", pressed, true);
    wedge.stop();
  };
}

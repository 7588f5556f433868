import { plain, type Section } from "./markdown";

export interface Found {
  chapter: string;
  title: string;
  section: Section;
  /** Some words around the first hit. */
  around: string;
}

const BEFORE = 30;
const AFTER = 90;
const MOST = 30;

/** The sections that hold every one of the words, those with a word in their heading first. */
export function find(chapters: Readonly<Record<string, readonly Section[]>>, asked: string): Found[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return [];
  const found: (Found & { inTitle: boolean })[] = [];
  for (const [chapter, sections] of Object.entries(chapters)) {
    for (const section of sections) {
      const text = plain(section.tokens);
      const all = `${section.title} ${text}`.toLowerCase();
      if (!words.every((word) => all.includes(word))) continue;
      const at = Math.max(0, text.toLowerCase().indexOf(first) - BEFORE);
      found.push({ chapter, title: sections[0]?.title ?? chapter, section, around: text.slice(at, at + BEFORE + AFTER), inTitle: words.some((word) => section.title.toLowerCase().includes(word)) });
    }
  }
  return found.sort((one, other) => Number(other.inTitle) - Number(one.inTitle)).slice(0, MOST);
}

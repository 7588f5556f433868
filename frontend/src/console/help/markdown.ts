import { lexer, type Tokens } from "marked";

export type Token = Tokens.Generic;

export interface Section {
  /** Anchor within the chapter, by the rule that code hosts use. */
  id: string;
  title: string;
  level: number;
  tokens: Token[];
}

/** The anchor of a heading: lower case, letters, digits, hyphens; spaces become hyphens. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

/** All the words of some tokens, without marks. */
export function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "table") return [...(token.header as Token[]), ...(token.rows as Token[][]).flat()].map((cell) => plain(cell.tokens ?? [])).join(" ");
      const inner = token.type === "list" ? (token.items as Token[]) : token.tokens;
      return inner ? plain(inner) : typeof token.text === "string" ? token.text : "";
    })
    .join(" ")
    .replaceAll(/\s+/g, " ");
}

/** A chapter in its sections, each from one heading of the first three levels to the next. */
export function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  for (const token of lexer(text) as Token[]) {
    if (token.type === "heading" && Number(token.depth) <= 3) {
      const title = plain(token.tokens ?? []);
      sections.push({ id: anchorOf(title), title, level: Number(token.depth), tokens: [] });
    } else sections.at(-1)?.tokens.push(token);
  }
  return sections;
}

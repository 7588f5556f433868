import { Fragment, type ReactNode } from "react";
import { Link } from "react-router";

import { anchorOf, plain, type Token } from "./markdown";

/** What becomes of links and pictures, whose targets are files beside the guide. */
export interface Places {
  /** The address of a picture by its file name; undefined: it is not here. */
  picture: (file: string) => string | undefined;
}

const REMOTE = /^https?:\/\//;
const CHAPTER = /^(?:\.\/)?([\w-]+)\.md(#.*)?$/;

function LinkTo({ href, children }: { href: string; children: ReactNode }) {
  if (REMOTE.test(href))
    return (
      <a href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  const [, chapter, anchor = ""] = CHAPTER.exec(href) ?? [];
  if (chapter) return <Link to={`/help/${chapter}${anchor}`}>{children}</Link>;
  if (href.startsWith("#")) return <Link to={{ hash: href }}>{children}</Link>;
  // a file of the sources, which is not installed
  return <>{children}</>;
}

function Inline({ tokens, places }: { tokens: readonly Token[]; places: Places }) {
  return tokens.map((token, at) => <Fragment key={at}>{inline(token, places)}</Fragment>);
}

function inline(token: Token, places: Places): ReactNode {
  const inner = <Inline tokens={token.tokens ?? []} places={places} />;
  switch (token.type) {
    case "strong":
      return <strong>{inner}</strong>;
    case "em":
      return <em>{inner}</em>;
    case "codespan":
      return <code>{unescaped(String(token.text))}</code>;
    case "br":
      return <br />;
    case "link":
      return <LinkTo href={String(token.href)}>{inner}</LinkTo>;
    case "image":
      return <Picture token={token} places={places} />;
    case "text":
      return token.tokens ? inner : unescaped(String(token.text));
    default:
      // HTML is shown as it is written, never obeyed
      return String(token.text ?? token.raw);
  }
}

/** The reader of Markdown escapes for HTML, and React would again. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

function Picture({ token, places }: { token: Token; places: Places }) {
  const file = String(token.href).split("/").at(-1) ?? "";
  const address = places.picture(file);
  if (!address) return null;
  return (
    <a className={file.includes("-phone") ? "help-picture narrow" : "help-picture"} href={address} target="_blank" rel="noreferrer">
      <img src={address} alt={String(token.text)} loading="lazy" />
    </a>
  );
}

function Table({ token, places }: { token: Token; places: Places }) {
  const header = token.header as Token[];
  return (
    <div className="help-table" role="region" aria-label={plain(header.flatMap((cell) => cell.tokens ?? []))} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header.map((cell, at) => (
              <th key={at} scope="col">
                <Inline tokens={cell.tokens ?? []} places={places} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(token.rows as Token[][]).map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Inline tokens={cell.tokens ?? []} places={places} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function List({ token, places }: { token: Token; places: Places }) {
  const items = (token.items as Token[]).map((item, at) => (
    <li key={at}>
      <MarkdownView tokens={item.tokens ?? []} places={places} />
    </li>
  ));
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function block(token: Token, places: Places): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "paragraph":
      return (
        <p>
          <Inline tokens={token.tokens ?? []} places={places} />
        </p>
      );
    case "heading": {
      const title = plain(token.tokens ?? []);
      return <h4 id={anchorOf(title)}>{title}</h4>;
    }
    case "list":
      return <List token={token} places={places} />;
    case "table":
      return <Table token={token} places={places} />;
    case "code":
      return (
        <pre tabIndex={0}>
          <code>{String(token.text)}</code>
        </pre>
      );
    case "blockquote":
      return (
        <blockquote>
          <MarkdownView tokens={token.tokens ?? []} places={places} />
        </blockquote>
      );
    case "hr":
      return <hr />;
    default:
      return inline(token, places);
  }
}

/** Markdown as elements of the page: no HTML of the text is ever obeyed. */
export function MarkdownView({ tokens, places }: { tokens: readonly Token[]; places: Places }) {
  return tokens.map((token, at) => <Fragment key={at}>{block(token, places)}</Fragment>);
}

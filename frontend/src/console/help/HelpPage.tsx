import { PrinterOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams, useSearchParams } from "react-router";

import "../../i18n/help";
import { CLEARABLE } from "../../fields/clearable";
import { Empty } from "../../meta/Empty";
import { useDark } from "../../theme/mode";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { ROLE_NAMES, ROLES } from "./chapters";
import { find } from "./found";
import "./help.css";
import type { Section } from "./markdown";
import { MarkdownView, type Places } from "./MarkdownView";
import { type Guides, useGuides } from "./useGuides";

function titleOf(guides: Guides, chapter: string): string {
  return guides.chapters[chapter]?.[0]?.title ?? chapter;
}

/** The chapters by whose work they are about. */
function Contents({ guides, open }: { guides: Guides; open: string }) {
  const { t } = useTranslation();
  return (
    <nav className="help-contents" aria-label={t("help.contents")}>
      {ROLE_NAMES.map((role) => (
        <details key={role} open={(ROLES[role] as readonly string[]).includes(open)}>
          <summary>{t(`help.role.${role}`)}</summary>
          <ul>
            {ROLES[role].map((chapter) => (
              <li key={chapter}>
                <Link to={`/help/${chapter}`} aria-current={chapter === open ? "page" : undefined}>
                  {titleOf(guides, chapter)}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

function Results({ guides, asked }: { guides: Guides; asked: string }) {
  const { t } = useTranslation();
  const found = useMemo(() => find(guides.chapters, asked), [guides, asked]);
  if (found.length === 0) return <Empty title={t("help.nothing")} text={t("help.nothingText")} />;
  return (
    <ol className="help-results" aria-label={t("help.results")}>
      {found.map(({ chapter, title, section, around }) => (
        <li key={`${chapter} ${section.id}`}>
          <Link to={`/help/${chapter}#${section.id}`}>{section.title === title ? title : `${title} · ${section.title}`}</Link>
          <p className="muted">{around}…</p>
        </li>
      ))}
    </ol>
  );
}

function Heading({ section }: { section: Section }) {
  if (section.level === 1) return <h1 id={section.id}>{section.title}</h1>;
  return section.level === 2 ? <h2 id={section.id}>{section.title}</h2> : <h3 id={section.id}>{section.title}</h3>;
}

function Chapter({ sections, places }: { sections: readonly Section[]; places: Places }) {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const at = Number(useSearchParams()[0].get("at") ?? 0);
  const parts = sections.filter(({ level }) => level === 2);
  const aim = hash ? decodeURIComponent(hash.slice(1)) : parts[at - 1]?.id;
  useEffect(() => {
    if (aim) document.getElementById(aim)?.scrollIntoView();
  }, [aim]);
  return (
    <article className="help-article panel">
      {sections.map((section) => (
        <section key={section.id} aria-labelledby={section.id}>
          <Heading section={section} />
          {section.level === 1 && parts.length > 1 && (
            <nav className="help-parts" aria-label={t("help.parts")}>
              {parts.map(({ id, title }) => (
                <Link key={id} to={{ hash: `#${id}` }}>
                  {title}
                </Link>
              ))}
            </nav>
          )}
          <MarkdownView tokens={section.tokens} places={places} />
        </section>
      ))}
    </article>
  );
}

/** The manual in the product: chapters by role, found by words, printed as a handout. */
export default function HelpPage() {
  const { t } = useTranslation();
  const { chapter = "first-steps" } = useParams();
  const [asked, setAsked] = useState("");
  const { key } = useLocation();
  const [followed, setFollowed] = useState(key);
  const dark = useDark();
  const guides = useGuides();
  // what was chosen, be it a place in the same chapter, takes the place of what was looked for
  if (followed !== key) {
    setFollowed(key);
    setAsked("");
  }
  if (guides.error) return <ProblemView error={guides.error} onRetry={() => void guides.refetch()} />;
  if (!guides.data) return <PageSkeleton />;
  const { chapters, pictures } = guides.data;
  const sections = chapters[chapter];
  const places: Places = { picture: (file) => pictures[dark ? file.replace("-light-", "-dark-") : file] ?? pictures[file] };
  return (
    <div className="page help">
      <div className="help-side">
        <Input prefix={<SearchOutlined />} allowClear={CLEARABLE} value={asked} aria-label={t("help.search")} placeholder={t("help.search")} onChange={(event) => setAsked(event.target.value)} />
        <Contents guides={guides.data} open={chapter} />
        <Button icon={<PrinterOutlined />} onClick={() => globalThis.print()}>
          {t("help.print")}
        </Button>
      </div>
      {asked.trim() ? (
        <div className="panel help-article">
          <h1>{t("help.results")}</h1>
          <Results guides={guides.data} asked={asked} />
        </div>
      ) : sections ? (
        <Chapter key={chapter} sections={sections} places={places} />
      ) : (
        <Empty title={t("help.unknown")} text={t("help.unknownText")} />
      )}
    </div>
  );
}

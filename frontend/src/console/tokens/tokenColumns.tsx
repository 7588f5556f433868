import { Tag, Tooltip } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Token } from "../../api/contract";
import { siteNames } from "../../api/permissions";
import { useSession } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import type { Column } from "../../meta/table";

export type TokenState = "valid" | "expired" | "revoked";

/** Whether a token still opens the door at `now` (milliseconds). */
export function tokenState({ revoked, expires }: Pick<Token, "revoked" | "expires">, now: number): TokenState {
  if (revoked !== null) return "revoked";
  return expires !== null && Date.parse(expires) <= now ? "expired" : "valid";
}

const TONE = { valid: "success", expired: "warning", revoked: "default" } as const;
const SHOWN = 2;

function Permissions({ names }: { names: readonly string[] }) {
  const rest = names.slice(SHOWN);
  return (
    <span className="tags">
      {names.slice(0, SHOWN).map((name) => (
        <Tag key={name} className="code">
          {name}
        </Tag>
      ))}
      {rest.length > 0 && (
        <Tooltip title={rest.join(", ")}>
          <Tag tabIndex={0}>+{rest.length}</Tag>
        </Tooltip>
      )}
    </span>
  );
}

export function useTokenColumns(): Column<Token>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const { sites } = useSession();
  return useMemo((): Column<Token>[] => {
    const places = siteNames(sites);
    const siteText = (id: number | null) => {
      if (id === null) return t("people.allSites");
      const site = places.get(id);
      return site ? named(language, site.name_zh, site.name_en, site.code) : String(id);
    };
    return [
      { key: "name", title: t("tokens.column.name"), fixed: true, card: "heading", render: ({ name }) => <strong>{name}</strong> },
      { key: "prefix", title: t("tokens.column.prefix"), render: ({ prefix }) => <span className="code">{prefix}…</span> },
      {
        key: "state",
        title: t("tokens.column.state"),
        card: "corner",
        render: (token) => {
          const state = tokenState(token, Date.now());
          return <Tag color={TONE[state]}>{t(`tokens.state.${state}`)}</Tag>;
        },
      },
      { key: "permissions", title: t("tokens.column.permissions"), render: ({ permissions }) => <Permissions names={permissions} /> },
      { key: "site", title: t("tokens.column.site"), render: ({ site_id: id }) => siteText(id) },
      {
        key: "expires",
        title: t("tokens.column.expires"),
        render: ({ expires }) => (expires ? formats.date(expires) : <span className="muted">{t("tokens.noExpiry")}</span>),
      },
      {
        key: "lastUsed",
        title: t("tokens.column.lastUsed"),
        render: ({ last_used: used }) => (used ? formats.ago(used) : <span className="muted">{t("tokens.neverUsed")}</span>),
      },
      {
        key: "created",
        title: t("tokens.column.created"),
        hidden: true,
        card: "none",
        render: ({ created, created_by: name }) => t("tokens.createdBy", { date: formats.date(created), name }),
      },
    ];
  }, [t, language, formats, sites]);
}

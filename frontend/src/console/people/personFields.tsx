import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useMay } from "../../api/session";
import { GrantsField } from "../../fields/GrantsField";
import "../../i18n/invitation";
import type { FormField } from "../../meta/form";

/** The fields of a person; a new one is invited, if wanted, to choose a password. */
export function usePersonFields(isNew: boolean): FormField[] {
  const { t } = useTranslation();
  const may = useMay();
  return useMemo(
    (): FormField[] => [
      { kind: "text", name: "name", label: t("people.field.name"), required: true, max: 100 },
      {
        kind: "text",
        name: "login",
        label: t("people.field.login"),
        help: t("people.field.loginHelp"),
        required: true,
        max: 100,
        code: true,
        pattern: /^[\p{L}\p{N}._@-]+$/u,
        patternText: t("people.field.loginPattern"),
      },
      { kind: "text", name: "mail", label: t("people.field.mail"), help: t("people.field.mailHelp"), max: 254 },
      { kind: "text", name: "badge", label: t("people.field.badge"), help: t("people.field.badgeHelp"), max: 120, code: true },
      { kind: "password", name: "pin", label: t("people.field.pin"), help: t("people.field.pinHelp"), autoComplete: "off" },
      {
        kind: "choice",
        name: "language",
        label: t("people.field.language"),
        choices: [
          { value: "zh", label: t("account.languageNames.zh") },
          { value: "en", label: t("account.languageNames.en") },
        ],
      },
      ...(may("tenancy:role:read")
        ? [{ kind: "custom" as const, name: "roles", label: t("people.field.roles"), control: <GrantsField /> }]
        : []),
      { kind: "switch", name: "active", label: t("people.field.active") },
      ...(isNew ? [{ kind: "switch" as const, name: "invite", label: t("invitation.send"), help: t("invitation.sendHelp") }] : []),
    ],
    [t, isNew, may],
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import "../../i18n/feedback";
import { client, unwrap } from "../../api/client";
import type { FeedbackKind } from "../../api/contract";
import { lastFailedRequest } from "../../api/problem";
import { useLanguage } from "../../i18n/language";
import type { FormField } from "../../meta/form";
import { FormDrawer } from "../../meta/FormDrawer";
import { useDark } from "../../theme/mode";
import { PictureField } from "./PictureField";
import "./feedback.css";

const KINDS: readonly FeedbackKind[] = ["fault", "wish", "praise"];
const LONGEST = 2000;

interface Values {
  kind: FeedbackKind;
  words: string;
  picture: string | null;
}

/** What somebody has to say about the page they are at; the page itself goes with it. */
export default function FeedbackForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const language = useLanguage();
  const dark = useDark();
  const cache = useQueryClient();
  const failed = lastFailedRequest();
  const address = `${pathname}${search}`;
  const fields: FormField[] = [
    { kind: "choice", name: "kind", label: t("feedback.form.kind"), choices: KINDS.map((value) => ({ value, label: t(`feedback.kind.${value}`) })), required: true },
    { kind: "custom", name: "words", label: t("feedback.form.words"), help: t("feedback.form.wordsHelp"), required: true, max: LONGEST, control: <Input.TextArea rows={5} maxLength={LONGEST} /> },
    { kind: "custom", name: "picture", label: t("feedback.form.picture"), help: `${t("feedback.form.pictureHelp")} ${t("feedback.form.with", { address, failure: failed ? t("feedback.form.failure") : "" })}`, control: <PictureField /> },
  ];
  return (
    <FormDrawer<Values>
      open
      title={t("feedback.form.title")}
      fields={fields}
      initial={{ kind: "fault", words: "", picture: null }}
      submitLabel={t("feedback.form.send")}
      onSubmit={async ({ kind, words, picture }) => {
        const page = document.title.slice(0, 200);
        const body = { kind, words, address: address.slice(0, 2000), page, language, theme: dark ? ("dark" as const) : ("light" as const), screen: `${innerWidth}×${innerHeight}`, failed_request: failed ?? "", picture: picture?.split(",")[1] ?? null };
        await unwrap(client.POST("/api/v1/feedback", { body }));
        await cache.invalidateQueries({ queryKey: ["feedback"] });
      }}
      onClose={onClose}
    />
  );
}

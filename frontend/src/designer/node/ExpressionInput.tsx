import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Input, type InputRef } from "antd";
import { useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { Problem } from "../../api/problem";
import { evaluate, type Expression, ExpressionError, textOf, type Value } from "../../expressions";
import { useLanguage } from "../../i18n/language";
import type { NamedField } from "./names";

interface Props {
  label: string;
  help?: string;
  placeholder?: string;
  value: Expression | null;
  names: readonly NamedField[];
  values: Readonly<Record<string, Value>>;
  readOnly: boolean;
  onChange: (value: Expression | null) => void;
}

const dictionary = (names: readonly NamedField[]): Record<string, string> => Object.fromEntries(names.map(({ id, label }) => [label, id]));
/** The name that is being typed before the caret. */
const unfinished = (text: string): string => /[\p{L}\p{N}_.]*$/u.exec(text)?.[0] ?? "";
const written = (label: string): string => (/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(label) ? label : `{${label}}`);

/** Which names go on from what is being typed, best first. */
export function completions(names: readonly NamedField[], typed: string, most = 8): NamedField[] {
  const begins = names.filter(({ label }) => label.startsWith(typed));
  const holds = names.filter(({ label, id }) => !label.startsWith(typed) && (label.includes(typed) || id.startsWith(typed)));
  return [...begins, ...holds].filter(({ label }) => label !== typed).slice(0, most);
}

function useText(value: Expression | null, names: readonly NamedField[]) {
  const language = useLanguage();
  return useQuery({
    queryKey: ["expression-text", value, dictionary(names), language],
    queryFn: async ({ signal }) => {
      if (value === null) return "";
      const { text } = await unwrap(client.POST("/api/v1/expressions/format", { body: { ast: value, names: dictionary(names), language }, signal }));
      return text;
    },
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function Outcome({ tree, values }: { tree: Expression; values: Props["values"] }) {
  const { t } = useTranslation();
  const result = useMemo(() => {
    try {
      return { value: evaluate(tree, values, { now: new Date() }) };
    } catch (fault) {
      if (fault instanceof ExpressionError) return { fault: fault.code };
      throw fault;
    }
  }, [tree, values]);
  if (result.fault !== undefined)
    return (
      <span className="expression-fault">
        <WarningOutlined aria-hidden /> {t(`nodes.fault.${result.fault as "needs_number"}`, { defaultValue: t("nodes.fault.other") })}
      </span>
    );
  const shown = result.value === null ? t("nodes.result.empty") : typeof result.value === "boolean" ? t(`nodes.result.${result.value ? "yes" : "no"}`) : textOf(result.value);
  return (
    <span className="expression-result">
      <CheckCircleOutlined aria-hidden /> {t("nodes.result.is", { value: shown })}
    </span>
  );
}

/** Where in the text a fault lies, and what it says. */
function Fault({ error, text }: { error: Error; text: string }) {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : null;
  const at = Number(/^char (\d+)$/.exec(problem?.at ?? "")?.[1] ?? NaN);
  return (
    <span className="expression-fault" role="alert">
      {!Number.isNaN(at) && (
        <code>
          {text.slice(Math.max(0, at - 12), at)}
          <mark>{text.slice(at, at + 12) || "…"}</mark>
        </code>
      )}
      <span>
        {problem?.title ?? t("nodes.fault.other")} {problem?.remedy ?? ""}
      </span>
    </span>
  );
}

/** A condition or formula in words: names are completed, faults show their place, the result on the example values stands below. */
export function ExpressionInput({ label, help, placeholder, value, names, values, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const shown = useText(value, names);
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const [open, setOpen] = useState(false);
  const box = useRef<InputRef>(null);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const text = typed ?? shown.data ?? "";

  const parse = async (next: string) => {
    const turn = (latest.current += 1);
    if (next.trim() === "") {
      setFault(null);
      onChange(null);
      return;
    }
    try {
      const { ast } = await unwrap(client.POST("/api/v1/expressions/parse", { body: { text: next, names: dictionary(names) } }));
      if (turn !== latest.current) return;
      setFault(null);
      // once somebody looks elsewhere, the text is shown as the server writes it
      if (document.activeElement !== box.current?.input) setTyped(null);
      onChange(ast as unknown as Expression);
    } catch (error) {
      if (turn === latest.current && error instanceof Error) setFault(error);
    }
  };
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void parse(next);
    }, 200);
  };
  const complete = (name: string) => {
    const stem = unfinished(text);
    type(`${text.slice(0, text.length - stem.length)}${written(name)} `);
    box.current?.focus();
  };
  const offered = open && !readOnly ? completions(names, unfinished(text)) : [];

  return (
    <div className="expression">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        ref={box}
        value={text}
        disabled={readOnly}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder ?? t("nodes.rule.placeholder")}
        status={fault ? "error" : ""}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-says`}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          if (!fault && timer.current === undefined) setTyped(null);
        }}
        onChange={(event) => type(event.target.value)}
      />
      {offered.length > 0 && (
        <div className="expression-names" role="group" aria-label={t("nodes.rule.names")}>
          {offered.map(({ id: field, label: name }) => (
            // pressing must not take the focus from the text
            <Button key={field} size="small" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={() => complete(name)}>
              {name}
            </Button>
          ))}
        </div>
      )}
      <div id={`${id}-says`} className="expression-says">
        {fault ? <Fault error={fault} text={text} /> : value !== null ? <Outcome tree={value} values={values} /> : help ? <small className="muted">{help}</small> : null}
      </div>
    </div>
  );
}

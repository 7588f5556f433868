import { HistoryOutlined, ScanOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { DecodedCode } from "../api/contract";
import { kindText } from "../console/events/eventText";
import { KindGlyph } from "../graph/KindGlyph";
import { named, useLanguage } from "../i18n/language";
import { CodeFault } from "./CodeFault";
import { cleanCode, typedCode, visibleCode } from "./codes";
import type { Desk } from "./deskState";
import { useRecent } from "./recent";
import { CLEARABLE } from "../fields/clearable";

/** The parts the code was read into. */
function Parts({ decoded }: { decoded: DecodedCode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="decoded">
      <span className="muted">{t("trace.box.understood", { kind: kindText(t, decoded.kind) })}</span>
      {decoded.parts.map((part) => (
        <span key={`${part.ai} ${part.value}`} className="decoded-part" title={part.note ?? undefined}>
          <small>
            ({part.ai}) {named(language, part.label_zh, part.label_en)}
          </small>
          <span className="code">{part.value}</span>
        </span>
      ))}
    </div>
  );
}

function RecentCodes({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const { codes, clear } = useRecent();
  if (!codes.length) return null;
  return (
    <div className="recent-codes">
      <span className="muted">
        <HistoryOutlined aria-hidden /> {t("trace.box.recent")}
      </span>
      {codes.map(({ code, label, kind }) => (
        <button type="button" key={code} className="recent-code" title={code} onClick={() => desk.open({ code })}>
          <KindGlyph kind={kind} size={16} /> <span className="code">{label}</span>
        </button>
      ))}
      <Button type="link" size="small" onClick={clear}>
        {t("trace.box.clearRecent")}
      </Button>
    </div>
  );
}

interface CodeBoxProps {
  readonly desk: Desk;
  readonly decoded: DecodedCode | undefined;
  readonly error: Error | null;
  readonly reading: boolean;
}

/** The one box: typed, pasted or fired at by a scanner that ends with Enter. */
export function CodeBox({ desk, decoded, error, reading }: CodeBoxProps) {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  const asked = desk.state.itemId === null ? desk.state.code : null;
  const [typed, setTyped] = useState(asked ?? "");
  const [followed, setFollowed] = useState(asked);
  if (asked !== followed) {
    // another code came in by the address: the box shows it
    setFollowed(asked);
    setTyped(asked ?? "");
  }
  const empty = desk.state.code === null && desk.state.itemId === null;
  useEffect(() => {
    if (empty) input.current?.focus({ preventScroll: true });
  }, [empty]);
  const go = (): void => {
    const code = cleanCode(typed);
    if (!code) return;
    desk.open({ code });
    // ready for the next scan: it replaces what is there
    input.current?.select();
  };
  return (
    <section className={empty ? "code-box code-box-first" : "code-box"} aria-label={t("trace.box.label")}>
      <div className="code-box-row">
        <Input
          ref={input}
          size="large"
          value={visibleCode(typed)}
          onChange={(event) => setTyped(typedCode(event.target.value))}
          onPressEnter={go}
          onFocus={(event) => event.target.select()}
          prefix={<ScanOutlined aria-hidden />}
          placeholder={t("trace.box.placeholder")}
          aria-label={t("trace.box.label")}
          aria-invalid={error !== null}
          status={error ? "error" : ""}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          allowClear={CLEARABLE}
        />
        <Button type="primary" size="large" onClick={go} loading={reading}>
          {t("trace.box.go")}
        </Button>
      </div>
      {error && asked !== null && <CodeFault code={asked} error={error} onTake={(code) => desk.open({ code })} />}
      <div className="code-box-below">
        {decoded && decoded.parts.length > 0 && !error && <Parts decoded={decoded} />}
        <RecentCodes desk={desk} />
      </div>
    </section>
  );
}

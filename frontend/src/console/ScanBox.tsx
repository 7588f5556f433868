import { ScanOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.closest("[role=dialog]") !== null)
  );
}

/** The box in the header that every scanner may fire at: a code and Enter open the trace desk. "/" focuses it. */
export function ScanBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const input = useRef<InputRef>(null);
  const [code, setCode] = useState("");

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus({ cursor: "all" });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const go = () => {
    // keep inner GS (0x1D) separators: only blanks around the code are noise
    const trimmed = code.replace(/^[\s]+|[ \t\r\n]+$/g, "");
    if (!trimmed) return;
    setCode("");
    input.current?.blur();
    void navigate(`/trace?code=${encodeURIComponent(trimmed)}`);
  };

  return (
    <Input
      ref={input}
      className="scan-box"
      value={code}
      onChange={(event) => setCode(event.target.value)}
      onPressEnter={go}
      prefix={<ScanOutlined aria-hidden />}
      suffix={<kbd aria-hidden="true">/</kbd>}
      placeholder={t("shell.scan.placeholder")}
      aria-label={t("shell.scan.label")}
      aria-keyshortcuts="/"
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="search"
    />
  );
}

/** Small parts that every page of the PDA uses: bars, buttons, notices, sheets. All targets are at least 48 pixels. */
import { type ReactNode, useEffect, useRef } from "react";

import { usePda } from "../state";
import { useText } from "../texts";
import { Icon, type IconName } from "./icons";
import { go, useRoute } from "./route";

export function Button({ children, icon, tone = "plain", wide = false, disabled = false, submit = false, label, onPress }: { children?: ReactNode; icon?: IconName; tone?: "main" | "plain" | "bare" | "danger"; wide?: boolean; disabled?: boolean; submit?: boolean; label?: string; onPress?: () => void }) {
  return (
    <button type={submit ? "submit" : "button"} className={`button ${tone}${wide ? " wide" : ""}${children === undefined ? " lone" : ""}`} disabled={disabled} aria-label={label} title={children === undefined ? label : undefined} onClick={onPress}>
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** How the queue stands, as one word and one number; leads to the queue. */
export function Status() {
  const t = useText();
  const { online, sync, counts } = usePda();
  const [tone, text] =
    counts.refused > 0
      ? (["refused", t("pda.status.refused", { n: counts.refused })] as const)
      : counts.waiting > 0
        ? (["waiting", sync === "stranger" ? t("pda.status.sign") : t("pda.status.waiting", { n: counts.waiting })] as const)
        : (["sent", online ? t("pda.status.online") : t("pda.status.offline")] as const);
  return (
    <button type="button" className={`status ${online ? "online" : "offline"} ${tone}`} onClick={() => go("queue")} aria-live="polite" data-waiting={counts.waiting} data-refused={counts.refused}>
      <i aria-hidden="true" />
      {counts.waiting > 0 && !online ? `${t("pda.status.offline")} · ${text}` : text}
    </button>
  );
}

export function Bar({ title, onBack, children }: { title: ReactNode; onBack?: (() => void) | undefined; children?: ReactNode }) {
  const t = useText();
  const { page } = useRoute();
  return (
    <header className="bar">
      {onBack && <Button tone="bare" icon="left" label={t("pda.back")} onPress={onBack} />}
      <h1>{title}</h1>
      {children}
      {page !== "help" && <Button tone="bare" icon="help" label={t("pda.help.title")} onPress={() => go("help", globalThis.location.hash.replace(/^#\/?/u, ""))} />}
      <Status />
    </header>
  );
}

/** What became of the last entry or scan, in colour, words and remedy; read out to those who do not see it. */
export function NoticeView({ children }: { children?: ReactNode }) {
  const t = useText();
  const notice = usePda((state) => state.notice);
  if (!notice) return null;
  return (
    <div className={`notice ${notice.verdict}`} role={notice.verdict === "ok" ? "status" : "alert"} key={notice.number}>
      <Icon name={notice.verdict} size={28} />
      <div>
        <strong>{notice.title}</strong>
        {notice.text && <p>{notice.text}</p>}
        {notice.remedy && <p className="remedy">{notice.remedy}</p>}
        {children}
      </div>
      <Button tone="bare" icon="refused" label={t("pda.close")} onPress={() => usePda.setState({ notice: null })} />
    </div>
  );
}

/** A question over the page, from the lower edge where thumbs are. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-label={title} onCancel={onClose}>
      <div className="sheet-head">
        <h2>{title}</h2>
        <Button tone="bare" icon="refused" label={t("pda.close")} onPress={onClose} />
      </div>
      {children}
    </dialog>
  );
}

/** A few choices side by side. */
export function Segments<Value extends string>({ label, value, options, onChange }: { label: string; value: Value; options: readonly { value: Value; label: string }[]; onChange: (value: Value) => void }) {
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" role="radio" aria-checked={option.value === value} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}

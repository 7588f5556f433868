/** Numbers by big keys; a keyboard or scanner that types into the box works as well. */
import { useText } from "../texts";
import { Icon } from "../parts/icons";

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3"] as const;

export function Keypad({ label, value, unit, decimals, negative, secret = false, onChange, onDone }: { label: string; value: string; unit?: string | null; decimals: number; negative: boolean; secret?: boolean; onChange: (value: string) => void; onDone: () => void }) {
  const t = useText();
  const press = (key: string) => {
    if (key === "." && (decimals === 0 || value.includes("."))) return;
    onChange(key === "." && value === "" ? "0." : value === "0" && key !== "." && !secret ? key : value + key);
  };
  return (
    <div className="keypad">
      <div className="keypad-shown">
        <input
          className="num"
          aria-label={label}
          inputMode="none"
          autoComplete="off"
          type={secret ? "password" : "text"}
          value={value}
          onChange={(event) => onChange(event.target.value.replace(",", "."))}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onDone();
          }}
          ref={(input) => input?.focus({ preventScroll: true })}
        />
        {unit && <span className="unit">{unit}</span>}
      </div>
      <div className="keypad-keys">
        {KEYS.map((key) => (
          <button key={key} type="button" onClick={() => press(key)}>
            {key}
          </button>
        ))}
        {negative ? (
          <button type="button" aria-label={t("pda.entry.pad.sign")} onClick={() => onChange(value.startsWith("-") ? value.slice(1) : `-${value}`)}>
            ±
          </button>
        ) : (
          <button type="button" aria-label={t("pda.entry.pad.clear")} onClick={() => onChange("")}>
            <Icon name="refused" />
          </button>
        )}
        <button type="button" onClick={() => press("0")}>
          0
        </button>
        {decimals > 0 ? (
          <button type="button" aria-label={t("pda.entry.pad.point")} onClick={() => press(".")}>
            .
          </button>
        ) : (
          <button type="button" aria-label={t("pda.entry.pad.delete")} onClick={() => onChange(value.slice(0, -1))}>
            <Icon name="delete" />
          </button>
        )}
      </div>
      {decimals > 0 && (
        <button type="button" className="keypad-delete" aria-label={t("pda.entry.pad.delete")} onClick={() => onChange(value.slice(0, -1))}>
          <Icon name="delete" />
        </button>
      )}
    </div>
  );
}

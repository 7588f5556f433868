import type { ReactNode } from "react";

interface FigureProps {
  label: string;
  value: string;
  note?: ReactNode;
  bad?: boolean;
}

/** One number with its name. */
export function Figure({ label, value, note, bad = false }: FigureProps) {
  return (
    <div className="panel figure">
      <span className="figure-label">{label}</span>
      <span className={["figure-value", "num", ...(bad ? ["figure-bad"] : []), ...(/\d|^\W*$/u.test(value) ? [] : ["figure-words"])].join(" ")}>{value}</span>
      <span className="figure-note">{note}</span>
    </div>
  );
}

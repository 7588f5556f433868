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
      <span className={bad ? "figure-value num figure-bad" : "figure-value num"}>{value}</span>
      <span className="figure-note">{note}</span>
    </div>
  );
}

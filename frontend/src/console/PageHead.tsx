import type { ReactNode } from "react";

/** The title of a page, one line on what it is for, and its actions. */
export function PageHead({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {text && <p>{text}</p>}
      </div>
      {children && <div className="page-head-actions">{children}</div>}
    </div>
  );
}

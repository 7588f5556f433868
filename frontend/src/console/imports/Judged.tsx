import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { JudgedRow } from "./imports";

const TONE = { recorded: "success", warned: "warning", refused: "error", repeated: "default", waiting: "default" } as const;

/** Rows of a table with what becomes, or became, of each. */
export function Judged({ rows, header }: { rows: readonly JudgedRow[]; header: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="import-rows" role="region" aria-label={t("imports.preview")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="end">{t("imports.row")}</th>
            <th scope="col">{t("imports.column.state")}</th>
            <th scope="col">{t("imports.reason")}</th>
            {header.map((name, index) => (
              <th key={`${index} ${name}`} scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number} className={row.outcome === "refused" ? "wrong" : ""}>
              <th scope="row" className="num end">{row.number}</th>
              <td>
                <Tag color={TONE[row.outcome]}>{t(`imports.outcome.${row.outcome}`)}</Tag>
              </td>
              <td className="import-reason">
                {row.faults.map((fault) => (
                  <p key={`${fault.code} ${fault.text}`}>
                    {fault.text} <span className="muted">{fault.remedy}</span>
                  </p>
                ))}
              </td>
              {header.map((name, index) => (
                <td key={`${index} ${name}`} className="import-cell">{row.cells[index] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

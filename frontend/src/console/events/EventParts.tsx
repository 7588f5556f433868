import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ItemMention, Parameter } from "../../api/contract";
import type { Names } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { unitText } from "../../trace/units";
import { parameterText } from "../../trace/wording";
import { ItemLink } from "./EventCells";
import { kindText, roleText } from "./eventText";

const FIRST = 20;

/** Every item of the event with its role; long lists open on request. */
export function Participations({ participations }: { participations: readonly ItemMention[] }) {
  const { t } = useTranslation();
  const { decimal } = useFormats();
  const [all, setAll] = useState(false);
  const shown = all ? participations : participations.slice(0, FIRST);
  return (
    <section>
      <h2>{t("events.drawer.items", { n: participations.length })}</h2>
      <table className="small-table">
        <thead>
          <tr>
            <th scope="col">{t("events.drawer.role")}</th>
            <th scope="col">{t("events.drawer.item")}</th>
            <th scope="col" className="end">
              {t("events.drawer.quantity")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <tr key={`${item.role} ${item.uri}`}>
              <td className="nowrap">{roleText(t, item.role)}</td>
              <td>
                <ItemLink item={item} /> <span className="muted">{kindText(t, item.kind)}</span>
              </td>
              <td className="end num">{item.quantity == null ? "" : `${decimal(item.quantity)} ${unitText(item.unit, t("events.drawer.piece"))}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && participations.length > FIRST && (
        <Button type="link" onClick={() => setAll(true)}>
          {t("events.drawer.showAll", { n: participations.length })}
        </Button>
      )}
    </section>
  );
}

function limitText({ low, high }: Parameter): string | null {
  if (low != null && high != null) return `${low} … ${high}`;
  if (low != null) return `≥ ${low}`;
  return high != null ? `≤ ${high}` : null;
}

/** What was measured, against its limits. */
export function Parameters({ parameters, names }: { parameters: readonly Parameter[]; names: Names }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t("events.drawer.parameters")}</h2>
      <table className="small-table">
        <thead>
          <tr>
            <th scope="col">{t("events.drawer.parameter")}</th>
            <th scope="col" className="end">
              {t("events.drawer.value")}
            </th>
            <th scope="col" className="end">
              {t("events.drawer.limits")}
            </th>
            <th scope="col">{t("events.drawer.verdict")}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter, index) => (
            <tr key={`${parameter.name} ${index}`}>
              <td>{parameterText(names, parameter.name)}</td>
              <td className="end num">
                <strong>{String(parameter.value ?? "")}</strong> {unitText(parameter.unit, t("events.drawer.piece"))}
              </td>
              <td className="end num">{limitText(parameter) ?? <span className="muted">{t("events.drawer.noLimits")}</span>}</td>
              <td>
                {parameter.ok === true && <Tag color="success">{t("events.drawer.inside")}</Tag>}
                {parameter.ok === false && <Tag color="error">{t("events.drawer.outside")}</Tag>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

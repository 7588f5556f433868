import { Button, Modal } from "antd";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";

import type { PullRule } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { useLanguage } from "../../i18n/language";
import { unitText } from "../../trace/units";
import { amountText, materialOf, placeOf } from "./look";

function Sheet({ rules }: { rules: readonly PullRule[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  return (
    <ul className="kanban-sheet">
      {rules.map((rule) => (
        <li key={rule.id} className="kanban-card">
          <img src={`/api/v1/codes/picture?${new URLSearchParams({ code: rule.card, symbol: "qr" }).toString()}`} alt={t("pulls.pictureOf", { card: rule.card })} />
          <div>
            <strong>{materialOf(rule, language)}</strong>
            <span>→ {placeOf(rule, language)}</span>
            <span className="num">{amountText(formats.decimal(rule.card_quantity ?? rule.maximum), unitText(rule.unit, t("trace.piece")))}</span>
            <span className="code">{rule.card}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Cards to cut out and hang at the line, each with the code that calls for its material. */
export function PrintCards({ rules, onClose }: { rules: readonly PullRule[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Modal open width={760} title={t("pulls.printTitle")} onCancel={onClose} footer={<Button type="primary" onClick={() => globalThis.print()}>{t("pulls.printGo")}</Button>}>
        <Sheet rules={rules} />
      </Modal>
      {createPortal(<div className="kanban-print" aria-hidden="true"><Sheet rules={rules} /></div>, document.body)}
    </>
  );
}

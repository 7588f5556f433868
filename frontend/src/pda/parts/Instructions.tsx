/** The work instructions of the operation that is due at this node, with pictures; read and confirmed where that is asked for. */
import { useState } from "react";

import { confirmRead, hasRead, operationsAt, useFloor } from "../floor";
import { usePda } from "../state";
import { named, useText } from "../texts";
import { Icon } from "./icons";
import { Button, Sheet } from "./parts";

export function Instructions({ node, order, products }: { node: string; order: string | null; products: readonly string[] }) {
  const t = useText();
  const { language } = usePda((state) => state.settings);
  const place = usePda((state) => state.place);
  const { floor, read } = useFloor();
  const [open, setOpen] = useState(false);
  const found = operationsAt(floor, node, place, order, products).filter(({ operation }) => operation.instructions.length);
  const [on] = found;
  // of several nobody knows which is meant until an order or a product is scanned
  if (!on || found.length > 1) return null;
  const { operation, revision } = on;
  const due = operation.read_required && !hasRead(on, read);
  const name = named(language, operation.name_zh, operation.name_en, operation.id);
  return (
    <>
      <button type="button" className={`row instructions${due ? " due" : ""}`} onClick={() => setOpen(true)}>
        <Icon name="book" size={26} />
        <span className="row-label">{t("pda.instructions.title", { operation: name })}</span>
        <span className="row-value">{due ? t("pda.instructions.due") : revision}</span>
        <Icon name="right" size={20} />
      </button>
      {open && (
        <Sheet title={name} onClose={() => setOpen(false)}>
          <p className="muted">{t("pda.instructions.revision", { revision })}</p>
          <ol className="instruction-steps">
            {operation.instructions.map((step, at) => (
              <li key={at}>
                {named(language, step.text_zh, step.text_en)}
                {step.picture && <img src={step.picture} alt={named(language, step.text_zh, step.text_en)} />}
              </li>
            ))}
          </ol>
          {operation.read_required && (
            <div className="sheet-buttons">
              <Button tone="main" wide icon="ok" disabled={!due} onPress={() => void confirmRead(on).then(() => setOpen(false))}>
                {due ? t("pda.instructions.confirm") : t("pda.instructions.confirmed")}
              </Button>
            </div>
          )}
        </Sheet>
      )}
    </>
  );
}

import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { useNames } from "../../api/vocabulary";
import { useLanguage } from "../../i18n/language";
import { ExpressionInput } from "./ExpressionInput";
import type { PanelProps } from "./MeaningPanel";
import { amountsFor, isEntered, itemFields, type Meaning, measuredFields, numberFields, type Parameter } from "./model";
import { labelOf } from "./names";
import { FieldChoice, FieldChoices, Row } from "./Row";

interface Props {
  meaning: Meaning;
  panel: PanelProps;
  set: (change: Partial<Meaning>) => void;
}

/** How much of each item, where a code stands for many pieces. */
function Quantities({ meaning, panel: { node, readOnly }, set }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = (id: string) => {
    const field = itemFields(node.fields).find((each) => each.id === id);
    return field ? labelOf(field, language) : id;
  };
  const listed = [...meaning.subjects, ...meaning.children];
  const parts = (["inputs", "outputs"] as const).flatMap((list) => meaning[list].map((part) => ({ list, part })));
  if (numberFields(node.fields).length === 0 || listed.length + parts.length === 0) return null;
  return (
    <>
      {listed.map((id) => (
        <Row key={id} label={t("nodes.meaning.quantity", { label: name(id) })}>
          {() => (
            <FieldChoice
              label={t("nodes.meaning.quantity", { label: name(id) })}
              fields={amountsFor(node.fields, id)}
              readOnly={readOnly}
              value={meaning.quantity[id] ?? null}
              onChange={(number) => set({ quantity: number === null ? Object.fromEntries(Object.entries(meaning.quantity).filter(([key]) => key !== id)) : { ...meaning.quantity, [id]: number } })}
            />
          )}
        </Row>
      ))}
      {parts.map(({ list, part }) => (
        <Row key={`${list} ${part.field}`} label={t("nodes.meaning.quantity", { label: name(part.field) })}>
          {() => (
            <FieldChoice
              label={t("nodes.meaning.quantity", { label: name(part.field) })}
              fields={amountsFor(node.fields, part.field)}
              readOnly={readOnly}
              value={part.quantity}
              onChange={(quantity) => set({ [list]: meaning[list].map((each) => (each === part ? { ...each, quantity } : each)) })}
            />
          )}
        </Row>
      ))}
    </>
  );
}

const ILMD = ["lotNumber", "itemExpirationDate"] as const;

/** What the sentence leaves open: condition, quantities, measured values, order, state afterwards. */
export function MeaningDetails(props: Props) {
  const { t } = useTranslation();
  const vocabulary = useNames();
  const { meaning, panel, set } = props;
  const { node, names, values, readOnly } = panel;
  const entered = node.fields.filter((field) => isEntered(field) && field.kind !== "sub_table");
  const parameter = (field: string): Parameter => meaning.parameters.find((each) => each.field === field) ?? { field, type: "", uom: "", low: null, high: null };
  const one = (name: "order" | "process" | "source" | "destination") => (
    <Row key={name} label={t(`nodes.meaning.${name}`)}>
      {() => <FieldChoice label={t(`nodes.meaning.${name}`)} fields={entered} readOnly={readOnly} value={meaning[name]} onChange={(id) => set({ [name]: id })} />}
    </Row>
  );
  return (
    <div className="node-details">
      <ExpressionInput
        label={t("nodes.meaning.when")}
        help={t("nodes.meaning.whenHelp")}
        value={meaning.when}
        names={names}
        values={values}
        readOnly={readOnly}
        onChange={(when) => set({ when })}
      />
      <Quantities {...props} />
      <Row label={t("nodes.meaning.parameters")} help={t("nodes.meaning.parametersHelp")}>
        {() => (
          <FieldChoices
            label={t("nodes.meaning.parameters")}
            fields={measuredFields(node.fields)}
            readOnly={readOnly}
            value={meaning.parameters.map(({ field }) => field)}
            onChange={(ids) => set({ parameters: ids.map(parameter) })}
          />
        )}
      </Row>
      <Row label={t("nodes.meaning.disposition")}>
        {(id) => (
          <Select
            id={id}
            value={meaning.disposition || null}
            disabled={readOnly}
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("nodes.meaning.asNode")}
            options={vocabulary.choices("dispositions").map(short)}
            onChange={(next: string | undefined) => set({ disposition: next ?? "" })}
          />
        )}
      </Row>
      {meaning.event !== "transaction" && one("order")}
      {meaning.event === "transformation" && one("process")}
      {one("source")}
      {one("destination")}
      {(meaning.event === "transformation" || meaning.action === "ADD") &&
        ILMD.map((name) => (
          <Row key={name} label={t(`nodes.meaning.${name}`)}>
            {() => (
              <FieldChoice
                label={t(`nodes.meaning.${name}`)}
                fields={entered}
                readOnly={readOnly}
                value={meaning.ilmd[name] ?? null}
                onChange={(id) => set({ ilmd: id === null ? Object.fromEntries(Object.entries(meaning.ilmd).filter(([key]) => key !== name)) : { ...meaning.ilmd, [name]: id } })}
              />
            )}
          </Row>
        ))}
    </div>
  );
}

/** A term of the CBV by its bare name, as definitions write it; a plant's own keeps its URI. */
export function short<C extends { value: string }>(choice: C): C {
  return { ...choice, value: choice.value.replace(/^urn:epcglobal:cbv:(bizstep|disp):/, "").replace(/^https:\/\/ref\.gs1\.org\/cbv\/(BizStep|Disp)-/, "") };
}

import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { useNames } from "../../api/vocabulary";
import { useLanguage } from "../../i18n/language";
import { short } from "./MeaningDetails";
import { BY_INTERFACE, type NodeBody, type NodePlace } from "./model";
import { labelOf } from "./names";
import { NODE_ICONS, NodeIcon } from "./NodeIcon";
import { Row } from "./Row";

interface Props {
  node: NodeBody;
  titles: { title_zh: string; title_en: string };
  readOnly: boolean;
  onChange: (node: NodeBody, tag?: string) => void;
  onTitles: (titles: { title_zh: string; title_en: string }) => void;
}

/** The node as a whole: names, step, where it takes place. */
export function NodeSettings({ node, titles, readOnly, onChange, onTitles }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const vocabulary = useNames();
  const places = node.fields.filter(({ kind, of, classes }) => kind === "location" || (kind === "lookup" && of === "place") || (kind === "scan" && classes?.includes("place")));
  const steps = vocabulary.choices("steps").map(short);
  const known = !node.step || steps.some(({ value }) => value === node.step) ? steps : [{ value: node.step, label: vocabulary.of("steps", node.step) }, ...steps];
  const placed = node.place.from === "fixed" ? node.place.uri : node.place.from === "field" ? `field ${node.place.field}` : "station";
  const place = (chosen: string): NodePlace => (chosen === "station" ? { from: "station" } : chosen.startsWith("field ") ? { from: "field", field: chosen.slice(6) } : { from: "fixed", uri: chosen });
  return (
    <section className="panel node-settings" aria-label={t("nodes.settings")}>
      {(["title_zh", "title_en"] as const).map((name) => (
        <Row key={name} label={t(`nodes.property.${name}`)}>
          {(id) => <Input id={id} value={titles[name]} maxLength={120} disabled={readOnly} status={titles[name].trim() === "" ? "error" : ""} onChange={(event) => onTitles({ ...titles, [name]: event.target.value })} />}
        </Row>
      ))}
      <Row label={t("nodes.property.step")} help={t("nodes.property.stepHelp")}>
        {(id) => (
          <Select
            id={id}
            value={node.step || null}
            disabled={readOnly}
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("nodes.property.chooseStep")}
            popupMatchSelectWidth={false}
            options={known}
            onChange={(step: string) => onChange({ ...node, step })}
          />
        )}
      </Row>
      <Row label={t("nodes.property.place")} about="nodePlace">
        {(id) => (
          <Select
            id={id}
            value={placed}
            disabled={readOnly}
            showSearch={{ optionFilterProp: "label" }}
            popupMatchSelectWidth={false}
            options={[
              { value: "station", label: t("nodes.property.atStation") },
              ...places.map((field) => ({ value: `field ${field.id}`, label: t("nodes.property.byField", { label: labelOf(field, language) }) })),
              ...vocabulary.choices("places"),
            ]}
            onChange={(chosen: string) => onChange({ ...node, place: place(chosen) })}
          />
        )}
      </Row>
      <Row label={t("nodes.property.byInterface")} help={t(`nodes.property.byInterfaceHelp.${node.by_interface ?? "refuse"}`)}>
        {(id) => (
          <Select
            id={id}
            value={node.by_interface ?? "refuse"}
            disabled={readOnly}
            popupMatchSelectWidth={false}
            options={BY_INTERFACE.map((value) => ({ value, label: t(`nodes.property.byInterfaceChoice.${value}`) }))}
            onChange={(by_interface: (typeof BY_INTERFACE)[number]) => onChange({ ...node, by_interface })}
          />
        )}
      </Row>
      <Row label={t("nodes.property.icon")}>
        {(id) => (
          <Select
            id={id}
            value={node.icon || null}
            disabled={readOnly}
            allowClear
            placeholder={t("nodes.property.chooseIcon")}
            options={Object.keys(NODE_ICONS).map((name) => ({
              value: name,
              label: (
                <>
                  <NodeIcon name={name} /> {t(`nodes.icon.${name as "receive"}`)}
                </>
              ),
            }))}
            onChange={(icon: string | undefined) => onChange({ ...node, icon: icon ?? "" })}
          />
        )}
      </Row>
    </section>
  );
}

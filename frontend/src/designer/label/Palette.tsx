import {
  BarcodeOutlined,
  BorderOutlined,
  FieldStringOutlined,
  FontSizeOutlined,
  FunctionOutlined,
  LineOutlined,
  PictureOutlined,
  QrcodeOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { DRAG_TYPE } from "./LabelCanvas";
import { BARS, ELEMENT_TYPES, type ElementType } from "./model";

const ICONS: Partial<Record<ElementType, ReactNode>> = {
  text: <FontSizeOutlined />,
  field: <FieldStringOutlined />,
  formula: <FunctionOutlined />,
  qr: <QrcodeOutlined />,
  datamatrix: <QrcodeOutlined />,
  image: <PictureOutlined />,
  line: <LineOutlined />,
  box: <BorderOutlined />,
};

export function iconOf(type: ElementType): ReactNode {
  return BARS.includes(type) ? <BarcodeOutlined /> : ICONS[type];
}

/** What can be put on a label: drag it to its place, or press it to put it in the middle. */
export function Palette({ onAdd, disabled }: { onAdd: (type: ElementType) => void; disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="label-palette" role="group" aria-label={t("labels.palette")}>
      {ELEMENT_TYPES.map((type) => (
        <button
          key={type}
          type="button"
          draggable={!disabled}
          disabled={disabled}
          data-add={type}
          onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, type)}
          onClick={() => onAdd(type)}
        >
          {iconOf(type)}
          <span>{t(`labels.type.${type}`)}</span>
        </button>
      ))}
    </div>
  );
}

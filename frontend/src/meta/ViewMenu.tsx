import { ColumnHeightOutlined, ReloadOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Flex, Popover } from "antd";
import { useTranslation } from "react-i18next";

import { useScreen } from "../theme/screen";
import { type Column, type Density, isShown } from "./table";
import { useView, useViews } from "./view";

interface ViewMenuProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  onRefresh: () => void;
  refreshing: boolean;
}

/** Refresh, row height and columns of a list. Cards on a phone have neither rows nor columns. */
export function ViewMenu<Row>({ name, columns, onRefresh, refreshing }: ViewMenuProps<Row>) {
  const { t } = useTranslation();
  const view = useView(name);
  const { setDensity, setShown } = useViews();
  const phone = useScreen() === "phone";
  const densities: Density[] = ["large", "middle", "small"];
  return (
    <Flex gap={4}>
      <Button type="text" icon={<ReloadOutlined spin={refreshing} />} onClick={onRefresh} aria-label={t("list.refresh")} title={t("list.refresh")} />
      {!phone && (
        <>
          <Dropdown
            trigger={["click"]}
            menu={{
              selectedKeys: [view.density],
              items: densities.map((key) => ({ key, label: t(`list.densities.${key}`) })),
              onClick: ({ key }) => setDensity(name, key as Density),
            }}
          >
            <Button type="text" icon={<ColumnHeightOutlined />} aria-label={t("list.density")} title={t("list.density")} />
          </Dropdown>
          <Popover
            trigger="click"
            placement="bottomRight"
            title={t("list.columnsHelp")}
            content={
              <Flex vertical gap={6}>
                {columns
                  .filter(({ fixed }) => !fixed)
                  .map((column) => (
                    <Checkbox key={column.key} checked={isShown(column, view)} onChange={(event) => setShown(name, column.key, event.target.checked)}>
                      {column.title}
                    </Checkbox>
                  ))}
              </Flex>
            }
          >
            <Button type="text" icon={<SettingOutlined />} aria-label={t("list.columns")} title={t("list.columns")} />
          </Popover>
        </>
      )}
    </Flex>
  );
}

import { FileExcelOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useMay } from "../../api/session";
import "../../i18n/imports";

/** The way to importing a table into master data, for those who may. */
export function ImportLink({ into, right }: { into: string; right: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const go = useNavigate();
  if (!may("capture:import:write") || !may(right)) return null;
  return (
    <Button icon={<FileExcelOutlined />} onClick={() => void go(`/imports?into=${into}`)}>
      {t("imports.byTable")}
    </Button>
  );
}

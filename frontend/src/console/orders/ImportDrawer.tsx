import { Button, Input, Upload } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { FormDrawer } from "../../meta/FormDrawer";

interface TableForm {
  text: string;
}

const EXAMPLE = "number,product,quantity,due,priority\nMO-1001,09521234543213,500,2026-12-24,2";

/** A table as text, typed, pasted, or read from a file. */
function TableControl({ id, value, onChange }: { id?: string; value?: string; onChange?: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="order-table">
      <Upload
        accept=".csv,text/csv,text/plain"
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((text) => onChange?.(text));
          return false;
        }}
      >
        <Button>{t("making.order.fromFile")}</Button>
      </Upload>
      <Input.TextArea {...(id ? { id } : {})} className="code" autoSize={{ minRows: 10, maxRows: 24 }} placeholder={EXAMPLE} value={value ?? ""} onChange={(event) => onChange?.(event.target.value)} />
    </div>
  );
}

/** Many orders at once, all or none. */
export function ImportDrawer({ onMade, onClose }: { onMade: (count: number) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDrawer<TableForm>
      open
      width={640}
      title={t("making.order.import")}
      submitLabel={t("making.order.importSubmit")}
      fields={[{ kind: "custom", name: "text", label: t("making.order.table"), help: t("making.order.importText"), control: <TableControl /> }]}
      initial={{ text: "" }}
      onSubmit={async ({ text }) => {
        const { rows } = await unwrap(client.POST("/api/v1/orders/import", { body: { text } }));
        await onMade(rows.length);
      }}
      onClose={onClose}
    />
  );
}

import { CopyOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

function Value({ value }: { value: unknown }) {
  return <span className={`json-${value === null ? "null" : typeof value}`}>{JSON.stringify(value)}</span>;
}

/** One member: on a line when simple, else a part that opens and closes. */
function Member({ name, value, open }: { name: string; value: unknown; open: boolean }) {
  if (typeof value !== "object" || value === null) {
    return (
      <div className="json-line">
        <span className="json-name">{name}</span> <Value value={value} />
      </div>
    );
  }
  const members = Object.entries(value) as [string, unknown][];
  return (
    <details className="json-part" open={open}>
      <summary>
        <span className="json-name">{name}</span> <span className="muted">{Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`}</span>
      </summary>
      {members.map(([key, each]) => (
        <Member key={key} name={key} value={each} open={members.length <= 12} />
      ))}
    </details>
  );
}

/** JSON as a tree that opens and closes, with the whole of it to copy. */
export function JsonView({ value, open = false }: { value: unknown; open?: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  const copy = async () => {
    try {
      // the clipboard needs a secure context; a plant's plain http address has none
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      // deprecated, and still the only way without a secure context
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      document.execCommand("copy");
      area.remove();
    }
    void message.success(t("list.copied"));
  };
  return (
    <div className="json">
      <Button size="small" className="json-copy" icon={<CopyOutlined />} onClick={() => void copy()}>
        {t("list.copy")}
      </Button>
      <Member name="JSON" value={value} open={open || text.length < 400} />
    </div>
  );
}

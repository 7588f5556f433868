import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../api/client";
import type { ItemRow } from "../api/contract";
import { kindText } from "../console/events/eventText";

const WAIT_MS = 250;
const SHOWN = 20;

/** The text as it was a moment ago, so that a server is not asked at every key. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

interface ItemFieldProps {
  id?: string;
  label: string;
  /** The chosen item's id. */
  value: string | undefined;
  placeholder?: string;
  onChange: (id: string) => void;
}

/** One item, found by the start or end of its code. */
export function ItemField({ id, label, value, placeholder, onChange }: ItemFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ["items", { search }],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/items", { params: { query: { search, limit: SHOWN } }, signal })),
    enabled: search.length > 0,
  });
  const chosen = useQuery({
    queryKey: ["item", value],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/items/{item_id}", { params: { path: { item_id: Number(value) } }, signal })),
    enabled: value !== undefined,
    staleTime: Infinity,
  });
  const option = (item: ItemRow) => ({ value: String(item.id), label: `${item.label} · ${kindText(t, item.kind)}` });
  const options = (search ? (found.data?.rows ?? []) : []).map(option);
  if (value !== undefined && !options.some((each) => each.value === value)) {
    options.unshift(chosen.data ? option(chosen.data) : { value, label: value });
  }
  return (
    <Select
      {...(id ? { id } : {})}
      className="wide"
      aria-label={label}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      placeholder={placeholder}
      notFoundContent={search ? undefined : null}
      value={value ?? null}
      options={options}
      onChange={(next: string | null | undefined) => onChange(next ?? "")}
    />
  );
}

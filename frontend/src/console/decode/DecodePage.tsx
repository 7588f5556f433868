import { ScanOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { Button, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import type { DecodedCode } from "../../api/contract";
import { Problem } from "../../api/problem";
import { Empty } from "../../meta/Empty";
import { CodeFault } from "../../trace/CodeFault";
import { cleanCode, typedCode, visibleCode } from "../../trace/codes";
import "../../trace/trace.css";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import "./decode.css";
import { Decoded } from "./Decoded";
import { usePrefix } from "./prefix";
import { CLEARABLE } from "../../fields/clearable";

const EXAMPLES = [
  "]d201095212345432131726123110L7{GS}21S9",
  "https://id.gs1.org/01/09521234543213/10/L7/21/S9?17=261231",
  "3074257BF7194E4000001A85",
  "urn:epc:id:sscc:0614141.1234567890",
  "+A99912345/$$52001510X33",
  "9780306406157",
  "9521234543123",
];

function useDecodedForms(code: string | null, prefix: number | null, filter: number | null): UseQueryResult<DecodedCode> {
  return useQuery({
    queryKey: ["decode", code, prefix, filter],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/codes/decode", {
          params: { query: { code: code ?? "", ...(prefix === null ? {} : { prefix_length: prefix }), ...(filter === null ? {} : { filter_value: filter }) } },
          signal,
        }),
      ),
    enabled: code !== null,
    retry: false,
    placeholderData: (former, query) => (query?.queryKey[1] === code ? keepPreviousData(former) : undefined),
  });
}

function Examples({ onTake }: { onTake: (code: string) => void }) {
  const { t } = useTranslation();
  return (
    <Empty title={t("decode.empty.title")} text={t("decode.empty.text")}>
      <div className="decode-examples" role="group" aria-label={t("decode.examples")}>
        {EXAMPLES.map((example) => (
          <button type="button" key={example} className="recent-code" onClick={() => onTake(typedCode(example))}>
            <span className="code">{example}</span>
          </button>
        ))}
      </div>
    </Empty>
  );
}

/** One box for any code; below it everything the code says, and all other ways to write it. */
export default function DecodePage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const code = search.get("code");
  const [typed, setTyped] = useState(code ?? "");
  const [filter, setFilter] = useState<number | null>(null);
  const { prefix, setPrefix } = usePrefix();
  const input = useRef<InputRef>(null);
  const { data, error, refetch } = useDecodedForms(code, prefix, filter);
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  const open = (next: string): void => {
    setTyped(next);
    setFilter(null);
    setSearch(next ? { code: next } : {});
    input.current?.select();
  };
  const refused = error instanceof Problem && error.status === 422;
  return (
    <div className="page decode-page">
      <PageHead title={t("decode.title")} text={t("decode.text")} />
      <div className="code-box-row">
        <Input
          ref={input}
          size="large"
          value={visibleCode(typed)}
          onChange={(event) => setTyped(typedCode(event.target.value))}
          onPressEnter={() => open(cleanCode(typed))}
          onFocus={(event) => event.target.select()}
          prefix={<ScanOutlined aria-hidden />}
          aria-label={t("decode.label")}
          placeholder={t("decode.label")}
          status={error ? "error" : ""}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          allowClear={CLEARABLE}
        />
        <Button type="primary" size="large" onClick={() => open(cleanCode(typed))}>
          {t("decode.go")}
        </Button>
      </div>
      {code === null && <Examples onTake={open} />}
      {code !== null && refused && <CodeFault code={code} error={error} onTake={open} />}
      {code !== null && error && !refused && <ProblemView error={error} onRetry={() => void refetch()} />}
      {code !== null && data && !error && <Decoded code={code} decoded={data} prefix={prefix} onPrefix={setPrefix} filter={filter} onFilter={setFilter} />}
    </div>
  );
}

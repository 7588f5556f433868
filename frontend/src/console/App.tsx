import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { BrowserRouter } from "react-router";

import { queryClient } from "../api/queryClient";
import { useLanguage } from "../i18n/language";
import { useDark, useStill } from "../theme/mode";
import { themeOf } from "../theme/tokens";
import { ErrorBoundary } from "./ErrorBoundary";
import { Pages } from "./Pages";

export function App() {
  const language = useLanguage();
  const dark = useDark();
  const still = useStill();
  useEffect(() => {
    document.documentElement.dataset.mode = dark ? "dark" : "light";
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }, [dark]);
  return (
    <ConfigProvider locale={language === "en" ? enUS : zhCN} theme={themeOf(dark, still)} button={{ autoInsertSpace: false }}>
      <AntApp className="app">
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            <ErrorBoundary>
              <Pages />
            </ErrorBoundary>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

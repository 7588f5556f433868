import { Button, Flex, Typography } from "antd";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Notice } from "./states";

function Crash({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <Notice title={t("shell.crash.title")} text={t("shell.crash.text")}>
      <Flex vertical gap={16} align="center" role="alert">
        <Flex gap={8}>
          <Button type="primary" onClick={() => globalThis.location.reload()}>
            {t("shell.crash.reload")}
          </Button>
          <Button onClick={() => globalThis.location.assign("/")}>{t("shell.crash.home")}</Button>
        </Flex>
        <Typography.Text code copyable>
          {error.message}
        </Typography.Text>
      </Flex>
    </Notice>
  );
}

/** Keeps a fault in one page from taking the console down; give it the path as `key` so that leaving the page clears it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error ? <Crash error={this.state.error} /> : this.props.children;
  }
}

import { theme } from "antd";

/** Colours of series and text for charts, from the theme in force. Lines of different meaning differ in shape too. */
export function usePalette() {
  const { token } = theme.useToken();
  return {
    first: token.colorPrimary,
    second: token.colorWarning,
    text: token.colorTextSecondary,
    line: token.colorBorderSecondary,
    ground: token.colorBgElevated,
    strong: token.colorText,
    font: token.fontFamily,
  };
}

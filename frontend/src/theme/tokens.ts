import { type ThemeConfig, theme } from "antd";

/** Calm petrol and slate, amber for attention. Every pair of text and ground reaches 4.5 : 1 in both modes. */
const FONT =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MONO = '"SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", "Noto Sans Mono", monospace';

const SHAPE = {
  fontFamily: FONT,
  fontFamilyCode: MONO,
  borderRadius: 8,
  borderRadiusLG: 12,
  borderRadiusSM: 6,
  wireframe: false,
  controlHeight: 34,
  motionDurationMid: "0.12s",
  motionDurationSlow: "0.18s",
  // a button at work keeps its words readable; the spinner says enough
  opacityLoading: 1,
} as const;

const LIGHT = {
  colorPrimary: "#0b6074",
  colorInfo: "#0b6074",
  colorLink: "#0b6074",
  colorLinkHover: "#08495a",
  colorSuccess: "#1d7440",
  colorWarning: "#9a5b00",
  colorError: "#b3261e",
  colorBgLayout: "#f2f5f6",
  colorTextBase: "#14232a",
  colorTextSecondary: "#46575f",
  colorTextTertiary: "#56676f",
  colorTextQuaternary: "#5f7078",
  colorTextDescription: "#46575f",
  colorTextPlaceholder: "#61717a",
  colorTextDisabled: "#66767e",
  colorBorder: "#c3cfd4",
  colorBorderSecondary: "#e1e8eb",
  // grounds derived from such deep seeds come out muddy, so they are set
  colorPrimaryBg: "#e4f1f4",
  colorPrimaryBgHover: "#d3e8ed",
  colorInfoBg: "#e7f2f5",
  colorInfoBorder: "#a9d0da",
  colorSuccessBg: "#e6f4ea",
  colorSuccessBorder: "#a5d3b3",
  colorWarningBg: "#fdf1dc",
  colorWarningBorder: "#e9c58a",
  colorErrorBg: "#fdecea",
  colorErrorBorder: "#efb3ae",
} as const;

const DARK = {
  colorPrimary: "#1c8298",
  colorInfo: "#6fd0e3",
  colorLink: "#5cc0d4",
  colorLinkHover: "#8ad5e3",
  colorSuccess: "#4cb676",
  colorWarning: "#e0a341",
  colorError: "#ff8a80",
  colorBgBase: "#0f171b",
  colorBgLayout: "#0b1215",
  colorBgContainer: "#141e23",
  colorBgElevated: "#1a262c",
  colorTextBase: "#e8eff2",
  colorTextSecondary: "#b3c1c8",
  colorTextTertiary: "#a0b0b8",
  colorTextQuaternary: "#94a5ad",
  colorTextDescription: "#b3c1c8",
  colorTextPlaceholder: "#93a4ac",
  colorTextDisabled: "#8a9ba3",
  colorBorder: "#3a4a52",
  colorBorderSecondary: "#26333a",
  colorPrimaryBg: "#12323a",
  colorPrimaryBgHover: "#173f49",
  colorInfoBg: "#10292f",
  colorInfoBorder: "#235965",
  colorSuccessBg: "#10281a",
  colorSuccessBorder: "#28593b",
  colorWarningBg: "#2c2210",
  colorWarningBorder: "#66501f",
  colorErrorBg: "#2d1614",
  colorErrorBorder: "#6d332d",
} as const;

/** The sider keeps its deep ground in both modes: it is the product's face. */
const SIDER = { ground: "#0d2a33", groundDark: "#0a181d" };

export function themeOf(dark: boolean, still: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { prefix: "suyuan", key: "suyuan" },
    hashed: false,
    token: { ...SHAPE, motion: !still, ...(dark ? DARK : LIGHT) },
    components: {
      Layout: {
        siderBg: dark ? SIDER.groundDark : SIDER.ground,
        headerBg: dark ? DARK.colorBgContainer : "#ffffff",
        bodyBg: dark ? DARK.colorBgLayout : LIGHT.colorBgLayout,
        headerHeight: 56,
        headerPadding: "0 20px",
      },
      Menu: {
        darkItemBg: "transparent",
        darkSubMenuItemBg: "transparent",
        darkItemColor: "#c9dae0",
        darkGroupTitleColor: "#9db6be",
        darkItemHoverBg: "rgba(255,255,255,.08)",
        darkItemSelectedBg: "#0f6d83",
        itemBorderRadius: 8,
        itemHeight: 40,
        iconSize: 16,
      },
      Table: {
        headerBg: dark ? "#19252b" : "#f5f8f9",
        headerColor: dark ? "#b3c1c8" : "#3b4c54",
        headerSplitColor: "transparent",
        cellPaddingInline: 16,
        cellPaddingInlineMD: 14,
        cellPaddingInlineSM: 10,
        cellPaddingBlock: 11,
        cellPaddingBlockMD: 8,
        cellPaddingBlockSM: 5,
        rowHoverBg: dark ? "#1a272d" : "#f3f8f9",
      },
      Card: { headerFontSize: 15, headerHeight: 48 },
      Descriptions: { labelColor: dark ? DARK.colorTextSecondary : LIGHT.colorTextSecondary },
      // the primary that carries white text is too deep for text on a dark ground
      Tabs: dark ? { itemSelectedColor: DARK.colorLink, itemHoverColor: DARK.colorLinkHover, itemActiveColor: DARK.colorLink, inkBarColor: DARK.colorLink } : {},
      Segmented: { itemColor: dark ? DARK.colorTextSecondary : LIGHT.colorTextSecondary },
    },
  };
}

import { type ThemeConfig, theme } from "antd";

import { DARK, FONT, LIGHT, MONO } from "./colours";

/** Calm petrol and slate, amber for attention. Every pair of text and ground reaches 4.5 : 1 in both modes. */
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

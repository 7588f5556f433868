/** Tours of the main pages: what each step points at. A step whose part is not on the page is passed over. */
export const TOURS = {
  home: { path: /^\/$/, steps: { menu: ".sider, .bottom-bar", scan: ".scan-box", tiles: ".tiles", hours: ".home-grid .panel", help: "[data-tour=help]" } },
  trace: { path: /^\/trace(\/|$)/, steps: { box: ".code-box", examples: ".item-cards", answer: ".trace-work", scope: ".code-box-below", help: "[data-tour=help]" } },
  events: { path: /^\/events$/, steps: { filters: ".filters, .filter-button", list: ".list", view: ".page-head-actions", row: "[data-row]" } },
  node: { path: /^\/nodes\/[^/]+$/, steps: { settings: ".node-settings", tabs: ".node-work > .ant-segmented", fields: ".node-form, .node-work section", phone: ".phone-preview, .node-bench > :last-child", publish: ".designer-actions" } },
  orders: { path: /^\/orders$/, steps: { list: ".list, .empty", filters: ".order-filters", make: ".page-head-actions", help: "[data-tour=help]" } },
} as const;

export type TourName = keyof typeof TOURS;

/** The tour of the page at this path, if it has one. */
export function tourOf(pathname: string): TourName | null {
  return (Object.keys(TOURS) as TourName[]).find((name) => TOURS[name].path.test(pathname)) ?? null;
}

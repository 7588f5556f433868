import { create } from "zustand";
import { persist } from "zustand/middleware";

import { type Density, PLAIN_VIEW, type TableView } from "./table";

interface Views {
  views: Record<string, TableView>;
  setDensity: (table: string, density: Density) => void;
  setShown: (table: string, column: string, shown: boolean) => void;
}

/** How this person likes each list: kept on the device. */
export const useViews = create<Views>()(
  persist(
    (set) => {
      const change = (table: string, part: (view: TableView) => Partial<TableView>) =>
        set(({ views }) => {
          const view = views[table] ?? PLAIN_VIEW;
          return { views: { ...views, [table]: { ...view, ...part(view) } } };
        });
      return {
        views: {},
        setDensity: (table, density) => change(table, () => ({ density })),
        setShown: (table, column, shown) => change(table, (view) => ({ shown: { ...view.shown, [column]: shown } })),
      };
    },
    { name: "suyuan.lists", version: 1 },
  ),
);

export function useView(table: string): TableView {
  return useViews((state) => state.views[table]) ?? PLAIN_VIEW;
}

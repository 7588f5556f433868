/** Where one is, in the address after `#`: the telephone's own way back works, and a reload stays. */
import { useSyncExternalStore } from "react";

import { usePda } from "../state";

export type PageName = "nodes" | "node" | "queue" | "settings" | "place" | "call" | "pull" | "help";
export interface Route {
  page: PageName;
  rest: readonly string[];
}

const PAGES: readonly string[] = ["nodes", "node", "queue", "settings", "place", "call", "pull", "help"];

function subscribe(changed: () => void): () => void {
  globalThis.addEventListener("hashchange", changed);
  return () => globalThis.removeEventListener("hashchange", changed);
}

export function routeOf(hash: string): Route {
  const [page = "", ...rest] = hash.replace(/^#\/?/u, "").split("/");
  return { page: PAGES.includes(page) ? (page as PageName) : "nodes", rest: rest.map(decodeURIComponent) };
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => globalThis.location.hash));
}

export function go(page: PageName, ...rest: readonly string[]): void {
  // what was said of the page before is no news on the next
  usePda.setState({ notice: null, looking: false });
  globalThis.location.hash = `#/${[page, ...rest.map(encodeURIComponent)].join("/")}`;
}

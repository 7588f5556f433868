import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

import type { Drawing } from "./cards";
import { Minimap } from "./minimap";
import type { Genealogy } from "./model";
import type { SceneNode } from "./scene";
import { type Hits, NO_HITS } from "./search";
import type { GraphTexts, GraphTheme } from "./theme";
import type { GraphView } from "./view";
import { GraphViewer } from "./viewer";

/** What React shows around the canvas. */
export interface ViewerState {
  readonly selected: SceneNode | null;
  readonly shown: number;
  readonly total: number;
  readonly busy: boolean;
  readonly hits: Hits;
}

const FIRST: ViewerState = { selected: null, shown: 0, total: 0, busy: false, hits: NO_HITS };

interface Wiring {
  readonly genealogy: Genealogy;
  readonly view: GraphView;
  readonly theme: GraphTheme;
  readonly texts: GraphTexts;
  readonly onOpen: (id: string) => void;
  readonly onSearch: () => void;
}

/** A viewer bound to the elements of a component; it lives as long as the component does. */
export function useViewer(host: RefObject<HTMLDivElement | null>, canvas: RefObject<HTMLCanvasElement | null>,
  map: RefObject<HTMLCanvasElement | null>, wiring: Wiring): { viewer: RefObject<GraphViewer | null>; state: ViewerState } {
  const [state, setState] = useState<ViewerState>(FIRST);
  const viewer = useRef<GraphViewer | null>(null);
  const latest = useRef(wiring);
  useEffect(() => {
    latest.current = wiring;
  });
  const change = useCallback((part: Partial<ViewerState>) => setState((old) => ({ ...old, ...part })), []);

  useEffect(() => {
    if (!host.current || !canvas.current) return undefined;
    const { theme, texts } = latest.current;
    let minimap: Minimap | null = null;
    const made = new GraphViewer(host.current, canvas.current, {
      theme, texts, still: matchMedia("(prefers-reduced-motion: reduce)").matches,
      events: {
        select: (selected) => change({ selected }),
        open: (id) => latest.current.onOpen(id),
        hover: () => undefined,
        drawn: (shown, total) => change({ shown, total }),
        busy: (busy) => change({ busy }),
        hits: (hits) => change({ hits }),
        framed: (camera, size) => minimap?.frame(camera, size, latest.current.theme.accent),
        repainted: (drawing: Drawing) => minimap?.rebuild(drawing),
        askSearch: () => latest.current.onSearch(),
      },
    });
    minimap = map.current ? new Minimap(map.current, (x, y) => made.stage.lookTo(x, y)) : null;
    viewer.current = made;
    return () => {
      viewer.current = null;
      made.destroy();
    };
  }, [host, canvas, map, change]);

  const { genealogy, view, theme, texts } = wiring;
  useEffect(() => viewer.current?.setTheme(theme, texts), [theme, texts]);
  useEffect(() => viewer.current?.setView(view), [view]);
  useEffect(() => {
    viewer.current?.setGenealogy(genealogy);
  }, [genealogy]);
  return { viewer, state };
}

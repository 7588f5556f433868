import { f32, i32, item, u32 } from "./access";
import type { Camera, Size } from "./camera";
import { type CardPart, type Drawing, partAt } from "./cards";
import { layeredLayout } from "./layout/layered";
import { LayoutRunner } from "./layout/run";
import type { Layout } from "./layout/types";
import { type Look, lookAt, plainLook } from "./look";
import { Genealogy } from "./model";
import { morphFrom } from "./motion";
import { type Command, commandOf, firstNode, neighbour } from "./navigate";
import { listen } from "./pointer";
import { type Scene, type SceneNode, sceneIndex, wholeScene } from "./scene";
import { GraphSearch, type Hits, hitsOf, NO_HITS, step } from "./search";
import { Stage } from "./stage";
import type { GraphTexts, GraphTheme } from "./theme";
import {
  DEFAULT_VIEW, type GraphView, NOTHING_UNFOLDED, sceneOf, startsOf, type Unfolding, withClosed, withOpened, withPinned, withToggled,
} from "./view";
import { explainingPath, type Way } from "./walk";

/** What the viewer tells its surroundings. */
export interface ViewerEvents {
  select(node: SceneNode | null): void;
  /** Enter on an item: make it the centre. */
  open(id: string): void;
  hover(node: SceneNode | null, x: number, y: number): void;
  /** How many items are drawn one by one, and how many there are. */
  drawn(shown: number, total: number): void;
  busy(layingOut: boolean): void;
  hits(hits: Hits): void;
  framed(camera: Camera, size: Size): void;
  /** The scene, its layout or its emphasis changed. */
  repainted(drawing: Drawing): void;
  askSearch(): void;
}

export interface ViewerOptions {
  readonly theme: GraphTheme;
  readonly texts: GraphTexts;
  readonly events: ViewerEvents;
  /** No motion: the reader asked for less of it. */
  readonly still: boolean;
}

const EMPTY = new Genealogy([], []);
const inputOf = (scene: Scene): { count: number; from: Uint32Array; to: Uint32Array } => ({
  count: scene.nodes.length, from: scene.from, to: scene.to,
});

/** The genealogy viewer: which part is shown, what is opened, selected, found; keys and pointer. No framework. */
export class GraphViewer {
  private graph = EMPTY;
  private view: GraphView = DEFAULT_VIEW;
  private unfolding: Unfolding = NOTHING_UNFOLDED;
  private scene: Scene = wholeScene(EMPTY);
  private layout: Layout = layeredLayout(inputOf(this.scene));
  private look: Look = plainLook(this.scene);
  private selectedKey: string | null = null;
  private search: GraphSearch | null = null;
  private hits: Hits = NO_HITS;
  private theme: GraphTheme;
  private texts: GraphTexts;
  private readonly events: ViewerEvents;
  private readonly runner = new LayoutRunner();
  private readonly stop: () => void;
  readonly stage: Stage;

  constructor(private readonly host: HTMLElement, canvas: HTMLCanvasElement, options: ViewerOptions) {
    this.theme = options.theme;
    this.texts = options.texts;
    this.events = options.events;
    this.stage = new Stage(host, canvas, this.drawing, (camera, size) => this.events.framed(camera, size), options.still);
    this.stop = listen(host, {
      pan: (dx, dy) => this.stage.pan(dx, dy),
      zoom: (factor, x, y) => this.stage.zoom(factor, x, y),
      tap: (x, y, double) => this.tap(x, y, double),
      hover: (x, y) => this.hover(this.stage.at(x, y).node, x, y),
      leave: () => this.hover(-1, 0, 0),
      grab: (held) => {
        host.style.cursor = held ? "grabbing" : "";
      },
    });
  }

  destroy(): void {
    this.stop();
    this.runner.stop();
    this.stage.destroy();
  }

  get drawing(): Drawing {
    return { scene: this.scene, layout: this.layout, look: this.look, theme: this.theme, texts: this.texts };
  }

  /** Show another genealogy; what was opened and selected in the former one is forgotten. */
  setGenealogy(graph: Genealogy): void {
    this.graph = graph;
    this.unfolding = NOTHING_UNFOLDED;
    this.selectedKey = null;
    this.search = null;
    this.hits = NO_HITS;
    this.events.select(null);
    this.events.hits(NO_HITS);
    this.rebuild(null);
  }

  setView(view: GraphView): void {
    const { mode, levels, showExcluded } = this.view;
    this.view = view;
    if (view.mode !== mode) this.rebuild(null);
    else if (view.levels !== levels || view.showExcluded !== showExcluded) this.rebuild(this.anchor());
    else this.relook();
  }

  setTheme(theme: GraphTheme, texts: GraphTexts): void {
    this.theme = theme;
    this.texts = texts;
    this.repaint();
  }

  private get selected(): number {
    return this.selectedKey === null ? -1 : sceneIndex(this.scene, this.selectedKey);
  }

  private anchor(): number {
    const { selected } = this;
    return selected >= 0 ? selected : firstNode(this.scene);
  }

  /** Make the scene anew. The node `anchor` of the old scene stays where it is on screen; null opens a fresh view. */
  private rebuild(anchor: number | null): void {
    const scene = sceneOf(this.graph, this.view, startsOf(this.graph), this.unfolding);
    const input = inputOf(scene);
    const ready = this.runner.now(input);
    this.events.busy(!ready);
    if (ready) this.adopt(scene, ready, anchor);
    else {
      void this.runner.run(input).then((layout) => {
        if (!layout) return;
        this.events.busy(false);
        this.adopt(scene, layout, anchor);
      });
    }
  }

  private adopt(scene: Scene, layout: Layout, anchor: number | null): void {
    const before = this.scene;
    const old = this.layout;
    const was = anchor !== null && anchor >= 0 ? before.nodes[anchor] : undefined;
    const same = was ? scene.nodes.findIndex((node) => node.key === was.key) : -1;
    const at = was && same < 0 ? i32(scene.home, was.lead) : same;
    this.scene = scene;
    this.layout = layout;
    this.relook(false);
    if (anchor === null || at < 0) {
      this.stage.show(this.drawing, [0, 0], null);
      this.stage.open(this.view.mode === "focus" ? firstNode(scene) : -1);
    } else {
      const shift = [f32(layout.x, at) - f32(old.x, anchor), f32(layout.y, at) - f32(old.y, anchor)] as const;
      const morph = this.stage.still ? null : morphFrom(before, old, scene, layout, shift, performance.now());
      this.stage.show(this.drawing, shift, morph);
    }
    this.events.repainted(this.drawing);
    this.events.drawn(scene.nodes.reduce((sum, node) => sum + (node.fold ? 0 : 1), 0), this.graph.nodes.length);
  }

  private relook(show = true): void {
    this.look = lookAt(this.scene, this.selected, this.hits.nodes, this.hits.nodes[this.hits.at] ?? -1, this.view.until);
    if (show) this.repaint();
  }

  private repaint(): void {
    this.stage.restyle(this.drawing);
    this.events.repainted(this.drawing);
  }

  // — selection and folding —

  /** Select an item by id, bringing it into the picture when needed; null clears. */
  select(id: string | null): void {
    const node = id === null ? -1 : this.graph.find(id);
    if (node >= 0) this.reveal(node);
    else this.choose(-1);
  }

  private choose(node: number): void {
    this.selectedKey = node < 0 ? null : item(this.scene.nodes, node).key;
    this.relook();
    this.events.select(node < 0 ? null : item(this.scene.nodes, node));
  }

  /** Draw an item on its own, with the path that explains it, select it and bring it into view. */
  private reveal(node: number): void {
    const home = i32(this.scene.home, node);
    if (home < 0 || item(this.scene.nodes, home).fold) {
      this.unfolding = withPinned(this.unfolding, explainingPath(this.graph, node));
      this.rebuild(this.anchor());
    }
    const at = i32(this.scene.home, node);
    if (at < 0) return;
    this.choose(at);
    this.stage.bringIn(at);
  }

  /** Open or close what a part of a card stands for. */
  act(node: number, part: CardPart): void {
    const { fold, key } = item(this.scene.nodes, node);
    const open = (unfolding: Unfolding): void => {
      this.unfolding = unfolding;
      this.rebuild(node);
    };
    if (fold) open(part === "close" ? withClosed(this.unfolding, fold.id) : withOpened(this.unfolding, fold.id));
    else {
      const ways: Way[] = part === "hiddenIn" ? ["up"] : part === "hiddenOut" ? ["down"] : ["up", "down"];
      const ids = ways.map((way) => `${way}:${key}`);
      const on = u32(this.scene.hiddenIn, node) + u32(this.scene.hiddenOut, node) > 0;
      if (on || ids.some((id) => this.unfolding.expanded.has(id))) open(withToggled(this.unfolding, ids, on));
    }
  }

  /** The selected card: open, close or expand it. */
  toggleSelected(): void {
    const { selected } = this;
    if (selected >= 0) this.act(selected, item(this.scene.nodes, selected).fold?.state === "rest" ? "close" : "card");
  }

  // — search —

  find(query: string): void {
    this.search ??= new GraphSearch(this.graph);
    const drawable = (node: number): boolean => this.view.showExcluded || item(this.graph.nodes, node).verdict !== "excluded";
    this.hits = hitsOf(this.search.find(query).filter(drawable));
    this.showHit();
  }

  nextHit(by: 1 | -1): void {
    this.hits = step(this.hits, by);
    this.showHit();
  }

  private showHit(): void {
    this.events.hits(this.hits);
    const node = this.hits.nodes[this.hits.at];
    if (node === undefined) this.relook();
    else this.reveal(node);
  }

  // — pointer and keys —

  private tap(x: number, y: number, double: boolean): void {
    this.host.focus({ preventScroll: true });
    const { node, dx } = this.stage.at(x, y);
    if (node < 0) {
      this.choose(-1);
      return;
    }
    const part = partAt(this.scene, node, dx);
    if (double || part !== "card") this.act(node, part);
    else this.choose(node);
  }

  private hover(node: number, x: number, y: number): void {
    this.stage.ring(node);
    this.host.style.cursor = node >= 0 ? "pointer" : "";
    this.events.hover(node < 0 ? null : item(this.scene.nodes, node), x, y);
  }

  /** Answer a key press; true when it was one of the viewer's keys. */
  key(event: KeyboardEvent): boolean {
    const command = commandOf(event);
    if (command) this.run(command);
    return command !== null;
  }

  private openSelected(): void {
    const node = this.scene.nodes[this.selected];
    if (node?.fold) this.toggleSelected();
    else if (node) this.events.open(node.key);
  }

  run(command: Command): void {
    const { selected } = this;
    if (command.do === "zoom") this.stage.zoomGently(command.factor);
    else if (command.do === "fit") this.stage.fitAll();
    else if (command.do === "search") this.events.askSearch();
    else if (command.do === "nextHit" || command.do === "previousHit") this.nextHit(command.do === "nextHit" ? 1 : -1);
    else if (command.do === "clear") this.choose(-1);
    else if (command.do === "toggle") this.toggleSelected();
    else if (command.do === "open") this.openSelected();
    else {
      const next = selected < 0 ? firstNode(this.scene) : neighbour(this.scene, this.layout, selected, command.arrow);
      if (next < 0) return;
      this.choose(next);
      this.stage.bringIn(next);
    }
  }
}

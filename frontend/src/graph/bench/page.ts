import { DARK, type GraphTexts, LIGHT } from "../theme";
import { DEFAULT_VIEW } from "../view";
import { GraphViewer } from "../viewer";
import { sampleGenealogy } from "./sample";

export const IDLE = "idle (the machine itself)";

/** Milliseconds of one series of frames. */
interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

export interface Report {
  readonly nodes: number;
  readonly edges: number;
  readonly generate: number;
  readonly layout: number;
  readonly series: Readonly<Record<string, Frames>>;
}

const texts: GraphTexts = {
  kindLetters: { unit: "U", lot: "L", carrier: "C", asset: "A", product: "P" },
  kindNames: { unit: "Unit", lot: "Lot", carrier: "Carrier", asset: "Asset", product: "Product" },
  possible: "possible", excluded: "excluded", start: "start",
  showMore: (hidden) => `${hidden} more`, close: (total) => `close ×${total}`,
};

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
const round = (value: number): number => Math.round(value * 10) / 10;

async function measure(frames: number, step: (i: number) => void): Promise<Frames> {
  const times: number[] = [];
  let last = await frame();
  for (let i = 0; i < frames; i++) {
    step(i);
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

async function run(): Promise<Report> {
  const query = new URLSearchParams(location.search);
  const nodes = Number(query.get("nodes") ?? 50_000);
  const host = document.querySelector<HTMLElement>("#host");
  const canvas = document.querySelector<HTMLCanvasElement>("#canvas");
  if (!host || !canvas) throw new Error("the page has no host");
  let t = performance.now();
  const graph = sampleGenealogy(nodes);
  const generate = performance.now() - t;
  let ready: () => void = () => undefined;
  const drawn = new Promise<void>((resolve) => (ready = resolve));
  const nothing = (): void => undefined;
  const viewer = new GraphViewer(host, canvas, {
    theme: query.has("dark") ? DARK : LIGHT, texts, still: true,
    events: {
      select: nothing, open: nothing, hover: nothing, busy: nothing, hits: nothing, framed: nothing, repainted: nothing,
      askSearch: nothing, drawn: (shown) => {
        if (shown === graph.nodes.length) ready();
      },
    },
  });
  viewer.setView({ ...DEFAULT_VIEW, mode: "whole", showExcluded: true });
  t = performance.now();
  viewer.setGenealogy(graph);
  await drawn;
  const layout = performance.now() - t;
  Object.assign(window, { viewer });
  const { stage } = viewer;
  const settle = (): Promise<Frames> => measure(60, () => undefined);
  const series: Record<string, Frames> = {};
  await settle();
  // frames in which we do nothing: what the machine itself needs, busy with other things or not
  series[IDLE] = await settle();
  const swing = (i: number): void => stage.pan(i % 60 < 30 ? 14 : -14, i % 40 < 20 ? 6 : -6);
  series["pan, all in view"] = await measure(120, swing);
  series["pan fast, one way"] = await measure(90, (i) => stage.pan(i < 45 ? -40 : 40, 0));
  await settle();
  series["zoom in to cards"] = await measure(90, () => stage.zoom(1.06, 700, 450));
  await settle();
  series["pan, cards"] = await measure(120, swing);
  series["zoom out to all"] = await measure(90, () => stage.zoom(1 / 1.06, 700, 450));
  stage.fitAll();
  await settle();
  viewer.select(graph.nodes[Math.floor(nodes / 2)]?.id ?? null);
  stage.fitAll();
  series["highlight forms"] = await settle();
  series["pan, with highlight"] = await measure(120, swing);
  return { nodes: graph.nodes.length, edges: graph.edgeCount, generate: round(generate), layout: round(layout), series };
}

void run().then(
  (report) => Object.assign(window, { report }),
  (error: unknown) => Object.assign(window, { report: { error: String(error) } }),
);

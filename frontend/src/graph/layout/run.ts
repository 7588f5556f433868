import { layeredLayout } from "./layered";
import type { Layout, LayoutInput } from "./types";

/** Up to here laying out takes less than a frame or two, and a worker would only add latency. */
export const INLINE_LIMIT = 1500;

/**
 * Lays out small graphs at once and big ones in a worker. A newer request makes older ones obsolete: their promises
 * resolve to null.
 */
export class LayoutRunner {
  private worker: Worker | null = null;
  private sequence = 0;

  async run(input: LayoutInput): Promise<Layout | null> {
    const id = ++this.sequence;
    if (input.count <= INLINE_LIMIT || typeof Worker === "undefined") return layeredLayout(input);
    const layout = await this.inWorker(id, input);
    return id === this.sequence ? layout : null;
  }

  /** The layout now when the graph is small enough, else null: then ask {@link run}. */
  now(input: LayoutInput): Layout | null {
    if (input.count > INLINE_LIMIT) return null;
    this.sequence++;
    return layeredLayout(input);
  }

  private inWorker(id: number, input: LayoutInput): Promise<Layout | null> {
    this.stop();
    const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    this.worker = worker;
    return new Promise((resolve, reject) => {
      worker.onmessage = (message: MessageEvent<{ id: number; layout: Layout }>): void => {
        resolve(message.data.id === id ? message.data.layout : null);
        this.stop();
      };
      worker.onerror = (event): void => reject(new Error(event.message));
      worker.postMessage({ id, input });
    });
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }
}

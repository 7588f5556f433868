import { layeredLayout } from "./layered";
import type { LayoutInput } from "./types";

/** Worker side: one question, one answer, arrays handed over without copying. */
self.onmessage = (message: MessageEvent<{ id: number; input: LayoutInput }>): void => {
  const { id, input } = message.data;
  const layout = layeredLayout(input);
  const buffers = [layout.x, layout.y, layout.rank, layout.back, layout.bendOffsets, layout.bends].map((a) => a.buffer);
  self.postMessage({ id, layout }, { transfer: buffers as ArrayBuffer[] });
};

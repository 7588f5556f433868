import { f32, i32, u32 } from "./access";
import { type Layout, NODE_HEIGHT, NODE_WIDTH } from "./layout/types";

/** A rectangle in world units. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const CELL = 512;

/** Uniform grid over the nodes' top left corners, stored as two flat arrays. */
export class SpatialIndex {
  private readonly columns: number;
  private readonly rows: number;
  private readonly offsets: Uint32Array;
  private readonly nodes: Uint32Array;

  constructor(private readonly layout: Layout) {
    this.columns = Math.max(1, Math.ceil(layout.width / CELL));
    this.rows = Math.max(1, Math.ceil(layout.height / CELL));
    const cells = new Int32Array(layout.x.length);
    this.offsets = new Uint32Array(this.columns * this.rows + 1);
    cells.forEach((_, node) => {
      const cell = this.clampRow(f32(layout.y, node)) * this.columns + this.clampColumn(f32(layout.x, node));
      cells[node] = cell;
      this.offsets[cell + 1] = u32(this.offsets, cell + 1) + 1;
    });
    for (let cell = 0; cell < this.columns * this.rows; cell++) {
      this.offsets[cell + 1] = u32(this.offsets, cell + 1) + u32(this.offsets, cell);
    }
    const cursor = this.offsets.slice();
    this.nodes = new Uint32Array(layout.x.length);
    cells.forEach((_, node) => {
      const cell = i32(cells, node);
      const slot = u32(cursor, cell);
      this.nodes[slot] = node;
      cursor[cell] = slot + 1;
    });
  }

  private clampColumn(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor(x / CELL)));
  }

  private clampRow(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor(y / CELL)));
  }

  /** Visit every node whose card may touch the box (a superset by up to one cell). */
  visit(box: Box, each: (node: number) => void): void {
    const c1 = this.clampColumn(box.x1);
    const r1 = this.clampRow(box.y1);
    for (let row = this.clampRow(box.y0 - NODE_HEIGHT); row <= r1; row++) {
      const first = row * this.columns + this.clampColumn(box.x0 - NODE_WIDTH);
      const end = u32(this.offsets, row * this.columns + c1 + 1);
      for (let i = u32(this.offsets, first); i < end; i++) each(u32(this.nodes, i));
    }
  }

  /** How many nodes {@link visit} would visit. */
  count(box: Box): number {
    let total = 0;
    const c1 = this.clampColumn(box.x1);
    for (let row = this.clampRow(box.y0 - NODE_HEIGHT); row <= this.clampRow(box.y1); row++) {
      const first = row * this.columns + this.clampColumn(box.x0 - NODE_WIDTH);
      total += u32(this.offsets, row * this.columns + c1 + 1) - u32(this.offsets, first);
    }
    return total;
  }

  /** The node whose card, grown by `slack`, holds the point; the nearest one if several do; −1 if none. */
  at(x: number, y: number, slack = 0): number {
    let found = -1;
    let best = Infinity;
    this.visit({ x0: x - slack, y0: y - slack, x1: x + slack, y1: y + slack }, (node) => {
      const dx = Math.max(f32(this.layout.x, node) - x, 0, x - f32(this.layout.x, node) - NODE_WIDTH);
      const dy = Math.max(f32(this.layout.y, node) - y, 0, y - f32(this.layout.y, node) - NODE_HEIGHT);
      const distance = Math.max(dx, dy);
      if (distance > slack || distance >= best) return;
      best = distance;
      found = node;
    });
    return found;
  }
}

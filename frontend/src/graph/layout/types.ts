/** What a layout is made from; everything is transferable to a worker. */
export interface LayoutInput {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

export interface Layout {
  /** Top left corner of each node in world units. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly rank: Int32Array;
  /** 1 for edges that close a cycle: they run against the ranks. */
  readonly back: Uint8Array;
  /** Bends of edge e, x and y in turn: `bends[bendOffsets[e] … bendOffsets[e+1])`. */
  readonly bendOffsets: Uint32Array;
  readonly bends: Float32Array;
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 178;
export const NODE_HEIGHT = 48;
export const COLUMN_GAP = 58;
export const ROW_GAP = 14;
/** Height that an edge passing a column needs. */
export const LANE_HEIGHT = 10;

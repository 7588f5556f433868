/**
 * Indexed reads that cannot miss.
 *
 * The compiler gives every indexed read the type `T | undefined`. Where the index comes from the same structure
 * (offsets, permutations, loop bounds) these say so once. One function per array type keeps each of them
 * monomorphic, which the hot loops of layout and drawing need.
 */
export const f32 = (list: Float32Array, index: number): number => list[index] as number;
export const f64 = (list: Float64Array, index: number): number => list[index] as number;
export const u32 = (list: Uint32Array, index: number): number => list[index] as number;
export const i32 = (list: Int32Array, index: number): number => list[index] as number;
export const u8 = (list: Uint8Array, index: number): number => list[index] as number;
export const item = <T>(list: readonly T[], index: number): T => list[index] as T;

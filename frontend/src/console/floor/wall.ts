/** Whether the address asks for the wall: large type, nothing around the page (`?tv=1`). */
export function isTv(search: string): boolean {
  return new URLSearchParams(search).get("tv") === "1";
}

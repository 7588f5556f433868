/** What is to be printed: a row for each code given, one a line, all with the same further values; or one row of values. */
export function rowsFrom(codes: string, values: Readonly<Record<string, string>>): Record<string, string>[] {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
  const lines = codes.split("\n").map((line) => line.trim()).filter(Boolean);
  if (lines.length > 0) return lines.map((code) => ({ ...given, code }));
  return Object.keys(given).length > 0 ? [given] : [];
}

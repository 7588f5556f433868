/** Symbols of the UN/ECE Recommendation 20 unit codes that plants use most; they read the same in both languages. */
const SYMBOLS: Readonly<Record<string, string>> = {
  KGM: "kg", GRM: "g", MGM: "mg", TNE: "t", LTR: "L", MLT: "mL", MTQ: "m³", MTR: "m", CMT: "cm", MMT: "mm", MTK: "m²", CEL: "°C", KEL: "K", FAH: "°F",
  P1: "%", SEC: "s", MIN: "min", HUR: "h", DAY: "d", BAR: "bar", MBR: "mbar", PAL: "Pa", KPA: "kPa", MPA: "MPa", VLT: "V", MTV: "mV", AMP: "A", "4K": "mA",
  WTT: "W", KWT: "kW", HTZ: "Hz", KHZ: "kHz", MHZ: "MHz", OHM: "Ω", NU: "N·m", CNM: "cN·m", NEW: "N", DBM: "dBm", DBW: "dBW", "2N": "dB", DB: "dB", LUX: "lx", MA: "mA", B84: "µA", A24: "cd/m²", "2X": "m/min", "2M": "cm/s", MTS: "m/s", GL: "g/L", A97: "hPa", H61: "mS/cm",
};

/** Counting units: their name depends on the language. */
const PIECES = new Set(["H87", "EA", "C62", "PCE", "NAR"]);

/** A unit code as people write it: symbol, word for pieces, or the code itself where it is not known. */
export function unitText(code: string | null | undefined, piece: string): string {
  if (!code) return "";
  return PIECES.has(code) ? piece : (SYMBOLS[code] ?? code);
}

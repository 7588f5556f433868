export default {
  value: "withheld",
  note: "Withheld from you: {{groups}}. They are blank on every page; blank does not mean that there is nothing.",
  group: { people: "people", parties: "suppliers and customers", measured: "measured values" },
} as const;

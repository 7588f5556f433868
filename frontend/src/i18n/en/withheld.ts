export default { value: "withheld", note: "Withheld from you: {{groups}}. Blank does not mean nothing." } as const;

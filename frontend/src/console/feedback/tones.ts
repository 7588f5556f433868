export const KIND_TONE = { fault: "error", wish: "processing", praise: "success" } as const;
export const STATE_TONE = { new: "warning", answered: "processing", closed: "default" } as const;

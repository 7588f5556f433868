import { create } from "zustand";

interface Connection {
  reachable: boolean;
  report: (reachable: boolean) => void;
}

/** Whether the server answered last time; every request reports here. */
export const useConnection = create<Connection>()((set, get) => ({
  reachable: true,
  report: (reachable) => {
    if (get().reachable !== reachable) set({ reachable });
  },
}));

import floor from "./floor";
import initial from "./initial";
import making from "./making";
import nodes from "./nodes";
import plant from "./plant";

/** All texts; the console begins with the initial ones, and others come with the pages that show them. */
export default { ...initial, floor, making, nodes, plant } as const;

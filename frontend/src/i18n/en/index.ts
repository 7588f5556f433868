import floor from "./floor";
import initial from "./initial";
import nodes from "./nodes";

/** All texts; the console begins with the initial ones, and others come with the pages that show them. */
export default { ...initial, nodes, floor } as const;

import demand from "./demand";
import floor from "./floor";
import initial from "./initial";
import access from "./access";
import actions from "./actions";
import alerts from "./alerts";
import causes from "./causes";
import andon from "./andon";
import imports from "./imports";
import making from "./making";
import nodes from "./nodes";
import plant from "./plant";
import pulls from "./pulls";
import quality from "./quality";
import retention from "./retention";
import transfers from "./transfers";

/** All texts; the console begins with the initial ones, and others come with the pages that show them. */
export default { ...initial, access, actions, alerts, andon, causes, demand, floor, imports, making, nodes, plant, pulls, quality, retention, transfers } as const;

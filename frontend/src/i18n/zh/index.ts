import demand from "./demand";
import floor from "./floor";
import initial from "./initial";
import access from "./access";
import actions from "./actions";
import alerts from "./alerts";
import causes from "./causes";
import andon from "./andon";
import feedback from "./feedback";
import fieldHelp from "./fieldHelp";
import help from "./help";
import imports from "./imports";
import integrity from "./integrity";
import invitation from "./invitation";
import making from "./making";
import nodes from "./nodes";
import plant from "./plant";
import pulls from "./pulls";
import quality from "./quality";
import retention from "./retention";
import tour from "./tour";
import transfers from "./transfers";

/** All texts; the console begins with the initial ones, and others come with the pages that show them. */
export default { ...initial, access, actions, alerts, andon, causes, demand, feedback, fieldHelp, floor, help, imports, integrity, invitation, making, nodes, plant, pulls, quality, retention, tour, transfers } as const;

import domain from "./domain";
import events from "./events";
import list from "./list";
import problem from "./problem";
import session from "./session";
import shell from "./shell";
import trace from "./trace";

export default { domain, events, list, problem, session, shell, trace } as const;

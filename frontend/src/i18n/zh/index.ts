import capture from "./capture";
import domain from "./domain";
import events from "./events";
import home from "./home";
import list from "./list";
import problem from "./problem";
import session from "./session";
import shell from "./shell";
import trace from "./trace";

export default { capture, domain, events, home, list, problem, session, shell, trace } as const;

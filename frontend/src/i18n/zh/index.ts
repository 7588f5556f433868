import problem from "./problem";
import session from "./session";
import shell from "./shell";
import trace from "./trace";

export default { problem, session, shell, trace } as const;

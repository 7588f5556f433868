import account from "./account";
import audit from "./audit";
import capture from "./capture";
import checks from "./checks";
import codes from "./codes";
import decode from "./decode";
import designer from "./designer";
import domain from "./domain";
import duties from "./duties";
import events from "./events";
import graph from "./graph";
import home from "./home";
import labels from "./labels";
import list from "./list";
import packing from "./packing";
import packs from "./packs";
import people from "./people";
import problem from "./problem";
import products from "./products";
import providers from "./providers";
import roles from "./roles";
import rules from "./rules";
import scope from "./scope";
import security from "./security";
import session from "./session";
import shell from "./shell";
import signing from "./signing";
import sites from "./sites";
import stations from "./stations";
import tokens from "./tokens";
import trace from "./trace";
import withheld from "./withheld";

export default {
  account,
  audit,
  capture,
  checks,
  codes,
  decode,
  designer,
  domain,
  duties,
  events,
  graph,
  home,
  labels,
  list,
  packing,
  packs,
  people,
  problem,
  products, providers,
  roles,
  rules,
  scope,
  security,
  session,
  shell,
  signing,
  sites,
  stations,
  tokens,
  trace,
  withheld,
} as const;

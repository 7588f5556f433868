/** Sales demand: lines of customers' orders, and the work orders that cover them. */
export default {
  title: "Sales demand", text: "What customers ordered, and which work orders make it. Choose open lines to make orders of them.", list: "Lines of customers' orders", new: "New line", edit: "Edit {{line}}",
  search: "Customer order, customer", order: "Customer order", line: "Line", number: "Order and line", customer: "Customer", customerUri: "Customer's GLN", customerUriHelp: "13 digits, or a URI; may be empty.", product: "Product", allProducts: "All products", quantity: "Quantity", unit: "Unit", unitHelp: "UN/ECE code such as KGM; empty: pieces.",
  due: "Due", late: "Late", site: "Site", anySite: "Any", note: "Note", state: "State", states: { open: "Open", covered: "Covered", cancelled: "Cancelled", over: "Too much" },
  allStates: "All states", covered: "Covered by", none: "No order yet", missing: "{{amount}} open", over: "{{amount}} too much", gives: "{{given}} of {{bound}}",
  choose: "Choose", chooseOne: "Choose {{line}}", chosen: "Lines chosen: {{count}}", clear: "Choose none",
  make: "Make work orders", makeCount: "Make orders ({{count}})", makeBind: "Bind", by: "One order for", byDue: "Product and due date", byLine: "Each line", multiple: "Round up to multiples of", multipleHelp: "Such as a tray or a pallet; empty: exactly.", useFree: "First use what open orders make for nobody yet", kind: "Way of making",
  plan: "What will be done", planning: "Working it out…", planUse: "Order {{number}} is to make", planNew: "New order, due {{due}}", spare: "{{amount}} to spare", share: "{{amount}} for {{line}}", stock: "Finished goods in store are not taken off: a packed or shipped unit is still on record as stock.",
  made: "Work orders made: {{count}}", bound: "Bound to orders that were there",
  edited: "Change", cancel: "Cancel line", reopen: "Open again", cancelText: "Its work orders go on. What they make for it is shown as too much, until you give them free.", reason: "Reason", reasonHelp: "Say why in one sentence.", free: "Give free", freeHelp: "The order goes on; what it makes for this line serves other demand.", freeDone: "{{number}} was given free",
  orders: "Work orders for this line", noOrders: "No work order makes anything for this line yet.", cut: "The order was made smaller, or cancelled.", facts: "Customer order {{order}}, line {{line}}", entered: "Entered",
  forTitle: "Made for", forText: "Customer order {{order}}, line {{line}}",
  empty: { title: "No sales demand yet", text: "Enter lines of customers' orders, import them from Excel, or send them by API. Then make work orders of them.", foundTitle: "No such line", foundText: "Try another word, product or state." },
} as const;

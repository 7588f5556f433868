export default {
  next: "Next",
  back: "Back",
  end: "End the tour",
  step: "Step {{current}} of {{total}}",
  home: {
    menu: { title: "The menu", text: "All pages by kind of work: trace, floor, production, design, manage. You see those you may open." },
    scan: { title: "Trace from any page", text: "Scan any code or type it, press Enter, and you are at its trace." },
    tiles: { title: "Today", text: "The plant's numbers of today, live. Choose one to see the events behind it." },
    hours: { title: "How the day goes", text: "How much happened each hour; below, what happens now; beside it, what somebody should look at." },
    help: { title: "Ask at any time", text: "Under “?” are the manual of this page, this tour, and a way to tell us what you think of the page." },
  },
  trace: {
    box: { title: "One box, any code", text: "Serial number, lot, case, pallet, RFID or Digital Link. Scan, Enter, answer." },
    examples: { title: "Try one", text: "These are recent items; choose one and see its whole trace." },
    answer: { title: "Back and forward", text: "Back: what went in. Forward: where it went. Graph, list, parameters, people and machines come from the same events." },
    scope: { title: "Ask otherwise", text: "Find the scope of a whole lot, or see what was known at another moment." },
    help: { title: "A verdict is not clear?", text: "The page's chapter under “?” explains the three verdicts and what gaps mean." },
  },
  events: {
    filters: { title: "Narrow it down", text: "By time, step, place, product, person. Filters stand in the address, so a link can be sent on." },
    list: { title: "Each is a fact", text: "Events do not change. Voiding or correcting one is a new event, and both are seen." },
    view: { title: "Columns and export", text: "Choose columns and row height; export what is filtered as Excel or CSV." },
    row: { title: "Open one", text: "Choose a row for who, when, where, what and why, its attachments, and the proof that it was not altered." },
  },
  node: {
    settings: { title: "What this node is", text: "Name, icon, business step and place. The step says what its events mean in a trace." },
    tabs: { title: "Five sides of it", text: "Form: what is entered. Meaning: which field is input or output. Checks: what is warned of or refused. Actions: what follows. Try: on real data." },
    fields: { title: "Drag it in", text: "Drag fields into the form, choose one, and set it beside. By keyboard: the buttons for up and down." },
    phone: { title: "What operators see", text: "This is how it looks on the PDA; fill it in right here." },
    publish: { title: "Publish", text: "Drafts are kept by themselves. Published, a node is on every PDA within seconds; older records stay as they are, and you can go back." },
  },
  orders: {
    list: { title: "Work orders", text: "How far each order is and when it is due. Choose its number for progress, material and trouble." },
    filters: { title: "Find what matters", text: "Search by number or product, or see some states only." },
    make: { title: "New, or imported", text: "Make one by hand, or import a table from your ERP; once released, the floor can work on it." },
    help: { title: "More", text: "The page's chapter under “?” tells what is checked before release, and what stations refuse." },
  },
} as const;

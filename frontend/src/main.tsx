import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./console/App";
import { beginStored } from "./i18n";
import "./theme/global.css";
import "./theme/list.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const place = createRoot(root);
void beginStored().then(() =>
  place.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);

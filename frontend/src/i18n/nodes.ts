import { i18next } from ".";
import en from "./en/nodes";
import zh from "./zh/nodes";

// the texts of the node designer come with its pages
i18next.addResourceBundle("zh", "app", { nodes: zh }, true);
i18next.addResourceBundle("en", "app", { nodes: en }, true);

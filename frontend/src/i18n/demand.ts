import { i18next } from ".";
import en from "./en/demand";
import "./making";
import zh from "./zh/demand";

// the texts of sales demand come with its pages
i18next.addResourceBundle("zh", "app", { demand: zh }, true);
i18next.addResourceBundle("en", "app", { demand: en }, true);

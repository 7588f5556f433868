import { i18next } from ".";
import en from "./en/pulls";
import zh from "./zh/pulls";

// the texts of material calls and shortages come with their pages
i18next.addResourceBundle("zh", "app", { pulls: zh }, true);
i18next.addResourceBundle("en", "app", { pulls: en }, true);

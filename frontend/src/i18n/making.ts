import { i18next } from ".";
import en from "./en/making";
import zh from "./zh/making";

// the texts of routes, bills of materials and orders come with their pages
i18next.addResourceBundle("zh", "app", { making: zh }, true);
i18next.addResourceBundle("en", "app", { making: en }, true);

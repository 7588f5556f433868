import { i18next } from ".";
import en from "./en/floor";
import zh from "./zh/floor";

// the texts of histories, boards and effectiveness come with their pages
i18next.addResourceBundle("zh", "app", { floor: zh }, true);
i18next.addResourceBundle("en", "app", { floor: en }, true);

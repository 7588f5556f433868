import { i18next } from ".";
import en from "./en/imports";
import zh from "./zh/imports";

// the texts of imports come with their pages
i18next.addResourceBundle("zh", "app", { imports: zh }, true);
i18next.addResourceBundle("en", "app", { imports: en }, true);

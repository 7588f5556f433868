import { i18next } from ".";
import en from "./en/integrity";
import zh from "./zh/integrity";

// the texts of the log come with their page
i18next.addResourceBundle("zh", "app", { integrity: zh }, true);
i18next.addResourceBundle("en", "app", { integrity: en }, true);

import { i18next } from ".";
import en from "./en/alerts";
import zh from "./zh/alerts";

// the texts of alerts come with their page
i18next.addResourceBundle("zh", "app", { alerts: zh }, true);
i18next.addResourceBundle("en", "app", { alerts: en }, true);

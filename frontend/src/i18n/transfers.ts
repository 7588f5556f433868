import { i18next } from ".";
import en from "./en/transfers";
import zh from "./zh/transfers";

// the texts of exports come with their page
i18next.addResourceBundle("zh", "app", { transfers: zh }, true);
i18next.addResourceBundle("en", "app", { transfers: en }, true);

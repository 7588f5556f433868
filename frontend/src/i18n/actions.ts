import { i18next } from ".";
import en from "./en/actions";
import zh from "./zh/actions";

// the texts of actions come with their page
i18next.addResourceBundle("zh", "app", { actions: zh }, true);
i18next.addResourceBundle("en", "app", { actions: en }, true);

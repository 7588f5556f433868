import { i18next } from ".";
import en from "./en/access";
import zh from "./zh/access";

// the texts of the access report come with its page
i18next.addResourceBundle("zh", "app", { access: zh }, true);
i18next.addResourceBundle("en", "app", { access: en }, true);

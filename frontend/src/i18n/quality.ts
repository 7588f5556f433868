import { i18next } from ".";
import en from "./en/quality";
import zh from "./zh/quality";

// the texts of entry quality come with their page
i18next.addResourceBundle("zh", "app", { quality: zh }, true);
i18next.addResourceBundle("en", "app", { quality: en }, true);

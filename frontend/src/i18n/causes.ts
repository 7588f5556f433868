import { i18next } from ".";
import en from "./en/causes";
import zh from "./zh/causes";

// the texts of common causes come with their page
i18next.addResourceBundle("zh", "app", { causes: zh }, true);
i18next.addResourceBundle("en", "app", { causes: en }, true);

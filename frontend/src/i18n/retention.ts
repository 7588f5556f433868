import { i18next } from ".";
import en from "./en/retention";
import zh from "./zh/retention";

// the texts of retention come with their page
i18next.addResourceBundle("zh", "app", { retention: zh }, true);
i18next.addResourceBundle("en", "app", { retention: en }, true);

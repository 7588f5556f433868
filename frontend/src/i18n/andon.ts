import { i18next } from ".";
import en from "./en/andon";
import zh from "./zh/andon";

// the texts of andon come with its page
i18next.addResourceBundle("zh", "app", { andon: zh }, true);
i18next.addResourceBundle("en", "app", { andon: en }, true);

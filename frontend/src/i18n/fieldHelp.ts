import { i18next } from ".";
import en from "./en/fieldHelp";
import zh from "./zh/fieldHelp";

// one registry of what fields mean; it comes with the first form that has a help
i18next.addResourceBundle("zh", "app", { fieldHelp: zh }, true);
i18next.addResourceBundle("en", "app", { fieldHelp: en }, true);

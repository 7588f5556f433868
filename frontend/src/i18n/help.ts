import { i18next } from ".";
import en from "./en/help";
import zh from "./zh/help";

// the words around the manual come with it
i18next.addResourceBundle("zh", "app", { help: zh }, true);
i18next.addResourceBundle("en", "app", { help: en }, true);

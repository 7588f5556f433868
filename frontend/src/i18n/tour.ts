import { i18next } from ".";
import en from "./en/tour";
import zh from "./zh/tour";

// the words of tours come when somebody takes one
i18next.addResourceBundle("zh", "app", { tour: zh }, true);
i18next.addResourceBundle("en", "app", { tour: en }, true);

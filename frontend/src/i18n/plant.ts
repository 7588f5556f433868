import { i18next } from ".";
import en from "./en/plant";
import zh from "./zh/plant";

// the texts of the plant model come with its page
i18next.addResourceBundle("zh", "app", { plant: zh }, true);
i18next.addResourceBundle("en", "app", { plant: en }, true);

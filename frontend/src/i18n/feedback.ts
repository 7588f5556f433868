import { i18next } from ".";
import en from "./en/feedback";
import zh from "./zh/feedback";

// the texts of feedback come with its form and its page
i18next.addResourceBundle("zh", "app", { feedback: zh }, true);
i18next.addResourceBundle("en", "app", { feedback: en }, true);

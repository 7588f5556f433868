import { i18next } from ".";
import en from "./en/invitation";
import zh from "./zh/invitation";

// the texts of invitations come with the pages that make and open them
i18next.addResourceBundle("zh", "app", { invitation: zh }, true);
i18next.addResourceBundle("en", "app", { invitation: en }, true);

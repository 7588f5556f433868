/** Both languages at once: tests change between them without a word to fetch. */
import { begin } from "../i18n";
import en from "../i18n/en";
import zh from "../i18n/zh";

begin({ zh, en });

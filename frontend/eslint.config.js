import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const HAN = "[\\u3400-\\u9fff]";

/** Every text a person can read comes from src/i18n, so that it exists in both languages. */
const noRawText = [
  { selector: "JSXText[value=/[A-Za-z\\u3400-\\u9fff]/]", message: "Visible text belongs in src/i18n (both languages)." },
  {
    selector:
      "JSXAttribute[name.name=/^(title|label|placeholder|alt|aria-label|description|tooltip|extra|okText|cancelText)$/] > Literal[value=/[A-Za-z\\u3400-\\u9fff]/]",
    message: "Visible text belongs in src/i18n (both languages).",
  },
  { selector: `Literal[value=/${HAN}/]`, message: "Chinese text belongs in src/i18n/zh." },
  { selector: `TemplateElement[value.raw=/${HAN}/]`, message: "Chinese text belongs in src/i18n/zh." },
];

/** A button of nothing but an icon is heard by its name, since icons are silent (src/theme/SilentIcon.tsx). */
const noNamelessButton = [
  {
    selector: "JSXOpeningElement[name.name='Button'][selfClosing=true]:not(:has(> JSXAttribute[name.name=/^(aria-label|label)$/])):not(:has(> JSXSpreadAttribute))",
    message: "A button without text needs an aria-label in the reader's language.",
  },
  {
    selector: "JSXOpeningElement[name.name='Input'] > JSXAttribute[name.name='allowClear'][value=null]",
    message: "The button that clears needs a name: allowClear={CLEARABLE} (src/fields/clearable.tsx).",
  },
];

/** Development scripts run in Node and hand functions to a page. */
const SCRIPT_GLOBALS = ["process", "console", "URL", "Buffer", "setTimeout", "setInterval", "clearInterval", "fetch", "window", "document", "localStorage", "performance"];

export default tseslint.config(
  { ignores: ["node_modules", "dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "react-hooks": reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "no-restricted-syntax": ["error", ...noRawText, ...noNamelessButton],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ["src/i18n/**/*.ts", "src/**/*.test.{ts,tsx}", "src/testing/**", "src/**/dev/**"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["**/*.mjs", "*.config.{js,ts}"],
    languageOptions: { globals: Object.fromEntries(SCRIPT_GLOBALS.map((name) => [name, "readonly"])) },
    rules: { "no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }] },
  },
);

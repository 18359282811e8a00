// What a browser runs of the addons: modules in Odoo's own loader.
import js from "@eslint/js";
import globals from "globals";

export default [
    js.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2023,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", owl: "readonly" },
        },
        rules: {
            eqeqeq: "error",
            "no-console": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-var": "error",
            "prefer-const": "error",
            curly: "error",
        },
    },
    {
        // A browser_js test ends when the page logs its success.
        files: ["**/static/tests/**/*.js"],
        rules: { "no-console": "off" },
    },
];

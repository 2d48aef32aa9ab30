import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";
import { frontDoors } from "./tools/setup/frontDoors.mjs";
import { plainEnglish } from "./tools/setup/plainEnglish.mjs";

export default tseslint.config(
  { ignores: ["node_modules/", ".customer-care/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: [
      "{care,components,google,guide,onboarding,plugin,policy,tests,text,tools}/**/*.{ts,mjs,cjs,js}",
      "*.{ts,js}",
      "examples/**/*.ts",
    ],
    ignores: ["tools/setup/plainEnglish.mjs", "guide/words/fr/**"],
    plugins: { "customer-care": { rules: { "plain-english": plainEnglish } } },
    rules: { "customer-care/plain-english": "error" },
  },
  {
    files: ["**/*.{ts,mjs,cjs,js}"],
    plugins: { imports: { rules: { "front-doors": frontDoors } } },
    rules: { "imports/front-doors": "error" },
  },
  {
    files: ["**/*.{ts,mjs,cjs,js}"],
    rules: {
      "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            ":matches(SpreadElement, SpreadElement > TSAsExpression) > :matches(ArrayExpression, ObjectExpression)",
          message: "A spread of a literal only changes the line breaks; write its values without the spread.",
        },
        {
          selector: "MemberExpression[property.name=/^(skipIf|runIf)$/]",
          message:
            "A test that is skipped needs a reason, which the reporter prints: t.skip(…, reason) or describeUnless().",
        },
      ],
    },
  },
  {
    // The type check already finds undefined names.
    files: ["**/*.mjs", "**/*.cjs"],
    rules: { "no-undef": "off" },
  },
);

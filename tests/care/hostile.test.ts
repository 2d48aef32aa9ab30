/** A command or two in each manner; hostile.long.test.ts runs all. */
import { testHostileTexts, token } from "./hostileCare.ts";

testHostileTexts(
  "hostile",
  {
    texts: [
      ["case", "list"],
      ["case", "show"],
      ["doctor", "--json"],
      ["report", "--format", "json"],
    ],
    all: [["adopt"]],
    error: [["case", "comment", `Words ${token}`], ["report"]],
    page: [["doctor"]],
    redirect: [["case", "comment", "Words"]],
  },
  ["error"],
);

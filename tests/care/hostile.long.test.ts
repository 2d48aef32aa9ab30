/** Each command that shows what others wrote, in each manner. */
import { testHostileTexts, token } from "./hostileCare.ts";
import type { Commands } from "./hostileCare.ts";

const commands: Commands = [
  ["case", "list"],
  ["case", "list", "--json"],
  ["case", "show"],
  ["case", "show", "--json"],
  ["doctor"],
  ["doctor", "--json"],
  ["adopt"],
  ["adopt", "--json"],
  ["adopt", "--file", "-"],
  ["report"],
  ["report", "--lang", "fr", "--format", "json"],
  ["report", "--format", "html"],
];
const all = {
  texts: commands,
  all: commands,
  error: [...commands, ["case", "comment", `Words ${token}`], ["case", "close", "--yes"]],
  page: commands.filter((words) => !words.includes("--json")),
  redirect: [["case", "show"], ["case", "comment", "Words"], ["doctor"], ["report"]],
};

testHostileTexts("hostileLong", all, ["error", "page", "redirect"]);

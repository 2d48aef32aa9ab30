/** What others wrote, as the commands show it: in one line, or in its own lines. */
export { visible, visibleLines as printable } from "../text/index.ts";

/** What is wrong with the config itself, and what the plan does not include. */
import { formatPath } from "../../../config/index.ts";
import type { Problem } from "../../../config/index.ts";
import type { Finding } from "../finding.ts";

export function configFindings(problems: readonly Problem[], project: string, stack: string): Finding[] {
  const file = `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`;
  return problems.map(({ path, message }) => ({
    id: "config",
    level: "error",
    where: [project, formatPath(path)].filter(Boolean).join(":"),
    what: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
    remedy: `mend it in ${file}`,
  }));
}

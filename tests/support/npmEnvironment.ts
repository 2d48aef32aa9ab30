import { execFileSync } from "node:child_process";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";

/**
 * The environment for the package managers that a test starts: this process's, without the settings of the `npm run` around the
 * tests, which name this repository's folder. The registry and the certificates of its npm are in variables, because another
 * npm, Yarn and a registry's proxy do not read its files.
 */
export function npmEnvironment(): NodeJS.ProcessEnv {
  const [command, ...before] = npm();
  const settings = execFileSync(command, [...before, "config", "list", "--json"], { encoding: "utf8" });
  const { cafile, registry } = JSON.parse(settings) as { readonly cafile: string | null; readonly registry: string };
  return {
    ...(cafile && { NODE_EXTRA_CA_CERTS: cafile }),
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"))),
    NPM_CONFIG_REGISTRY: registry,
  };
}

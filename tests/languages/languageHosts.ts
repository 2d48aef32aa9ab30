/** Pulumi's language hosts for Go and YAML: those next to the engine that was found, else built as the engine itself can be. */
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { withLock } from "../../tools/setup/bootstrap/lock.mjs";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { terminalProgress } from "../../tools/setup/bootstrap/progress.mjs";
import { buildFlags } from "../../tools/setup/cli/goBinaries.ts";
import type { Binary } from "../../tools/setup/cli/goBinaries.ts";
import { buildBinaries, fingerprintOf, whyNoGo } from "../../tools/setup/cli/goBuild.ts";
import { writeLanguageHost } from "../../tools/setup/cli/languageHostSource.ts";
import type { HostSource } from "../../tools/setup/cli/languageHostSource.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { whyNoPackages } from "./packages.ts";

const sources = {
  // The last version of the module that has the Go language host in it.
  go: { module: "github.com/pulumi/pulumi/sdk/v3", folder: "go/pulumi-language-go" },
  yaml: {
    module: "github.com/pulumi/pulumi-yaml",
    folder: "cmd/pulumi-language-yaml",
    // The newest that the module proxy serves is older than the engine: it would start plugins itself, by flags that are no more.
    // The engine lists their features as well.
    change: { file: "main.go", before: "false /* useRPCLoader */", after: "true /* useRPCLoader */" },
  },
} as const satisfies Record<string, HostSource>;

export type Language = keyof typeof sources;

/** Why no program in the language can take the component package here. Nothing where one can. */
export async function whyNoPrograms(language: Language): Promise<string | undefined> {
  const none = await whyNoPackages();
  if (none !== undefined || (await hostBeside(language))) return none;
  const noGo = await whyNoGo(home);
  return noGo && `pulumi-language-${language} is not next to the engine that was found, and to build it ${noGo}`;
}

/** What leads the engine to the language host, on top of its environment. It takes a minute where the host has to be built. */
export async function languageHost(language: Language): Promise<Record<string, string>> {
  if (await hostBeside(language)) return {};
  const name = `pulumi-language-${language}`;
  const source: HostSource = sources[language];
  const module = join(import.meta.dirname, "languageHosts", language);
  const binary: Binary = {
    name,
    module,
    ...(source.change && { change: source.change }),
    folder: (partial, go) => writeLanguageHost(source, module, join(partial, "source"), go),
    package: ".",
    flags: [...buildFlags, "-ldflags=-s -w"],
  };
  const folder = join(home, "engine", `${name}-${await fingerprintOf([binary])}`);
  await withLock(join(home, "locks", name), async () => {
    if (existsSync(folder)) return;
    const step = terminalProgress().step(`Building ${name} with Go (once)`);
    await buildBinaries({ binaries: [binary], home, folder, step });
  });
  const { PATH = "" } = process.env;
  return { PATH: `${join(folder, "bin")}${delimiter}${PATH}`, PULUMI_IGNORE_AMBIENT_PLUGINS: "false" };
}

async function hostBeside(language: Language): Promise<boolean> {
  const { pulumi } = await engineFromEnvironment();
  return existsSync(join(dirname(pulumi), `pulumi-language-${language}`));
}

/** Generates the API reports: the public types as text, so that reviews show breaking changes. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { home } from "../setup/bootstrap/places.mjs";
import { compile } from "./compiler.ts";
import { compiled, components, packedManifest } from "./manifest.ts";
import { writeFiles } from "./build.ts";

/** The folder of the reports, relative to the clone. */
const reports = "docs/reference/api";

/** The content of each report, by its path relative to the clone. */
export async function apiReports(): Promise<ReadonlyMap<string, string>> {
  await mkdir(home, { recursive: true });
  const folder = await mkdtemp(join(home, "api-"));
  try {
    const built = join(folder, "build");
    const { declarations } = compile(Object.values(components.exports), []);
    await writeFiles(
      built,
      new Map([...declarations, ["package.json", JSON.stringify(packedManifest(components, new Set()))]]),
    );
    const texts = new Map<string, string>();
    for (const [path, source] of Object.entries(components.exports)) {
      const name = `${path === "." ? components.manifest.name : path.slice(2)}.api.md`;
      report(built, source, { folder, name });
      texts.set(`${reports}/${name}`, await readFile(join(folder, name), "utf8"));
    }
    return texts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(built: string, source: string, { folder, name }: { folder: string; name: string }): void {
  const quiet = { logLevel: ExtractorLogLevel.None };
  const extractorConfig = ExtractorConfig.prepare({
    configObjectFullPath: join(built, "api-extractor.json"),
    packageJsonFullPath: join(built, "package.json"),
    configObject: {
      projectFolder: built,
      mainEntryPointFilePath: join(built, compiled(source, ".d.ts")),
      compiler: {
        overrideTsconfig: {
          compilerOptions: { module: "nodenext", target: "es2023", lib: ["es2024"], strict: true, skipLibCheck: true },
          files: [join(built, compiled(source, ".d.ts"))],
        },
      },
      // Include types that public types refer to, even if they are not exported.
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: folder,
        reportTempFolder: join(folder, "temporary"),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: quiet },
        tsdocMessageReporting: { default: quiet },
      },
    },
  });
  const { succeeded } = Extractor.invoke(extractorConfig, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (!succeeded) throw new Error(`no API report could be made of ${source}`);
}

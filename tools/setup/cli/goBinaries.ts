import { join } from "node:path";
import { directMonitor, nodeHost, writeLanguageHost } from "./languageHostSource.ts";
import type { Go, SourceChange } from "./languageHostSource.ts";
import { builtVersion, goModules as modules, languageHost } from "./cli.ts";

export interface Binary {
  name: string;
  /** The folder with the go.mod that pins it. */
  module: string;
  /** The changes to its sources. */
  change?: SourceChange;
  /** The folder to build it from. Generated files go into `partial`. */
  folder(partial: string, go: Go): Promise<string>;
  package: string;
  flags: string[];
}

/** Without paths of the machine and debugging data: faster to build, and half the size. */
export const buildFlags = ["-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false"];

export const binaries: Binary[] = [
  {
    name: languageHost,
    module: join(modules, "languageHost"),
    change: directMonitor,
    folder: (partial, go) => writeLanguageHost(nodeHost, join(modules, "languageHost"), join(partial, "source"), go),
    package: ".",
    flags: [...buildFlags, "-ldflags=-s -w"],
  },
  {
    name: "pulumi",
    module: join(modules, "cli"),
    folder: () => Promise.resolve(join(modules, "cli")),
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    flags: [
      ...buildFlags,
      // Do not optimize large packages that a file backend does not use. An OpenAPI parser alone takes a quarter of the build.
      ...["github.com/pb33f/libopenapi", "github.com/aws/aws-sdk-go-v2", "github.com/alecthomas/chroma"].map(
        (module) => `-gcflags=${module}/...=-dwarf=false -l`,
      ),
      // Exclude gRPC for Google Cloud Storage, a tenth of all packages. State in a bucket works without it.
      "-tags=disable_grpc_modules",
      `-ldflags=-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${builtVersion}`,
    ],
  },
];

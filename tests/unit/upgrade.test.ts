/** What npm run upgrade changes is what has to change: no version of Pulumi or of its gcp package is elsewhere, or another. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { peerDependencies } from "../../tools/pack/index.ts";
import { goVersion, minimumVersion } from "../../tools/setup/cli/cli.ts";
import { latestOf, leftOut, limits, newestAllowed, pinned } from "../../tools/upgrade/packages.ts";
import { generatedVersions } from "../../tools/upgrade/versions.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const dependencies = new Map(pinned(read("package.json")));

describe("npm run upgrade", () => {
  for (const { file, pattern, name } of generatedVersions)
    it(`finds the version of ${name} in ${file}`, () => {
      const found = [...read(file).matchAll(pattern)].map(([text, before = ""]) => text.slice(before.length));
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found)).toEqual(new Set([dependencies.get(name)]));
    });

  it("takes the newest release that is allowed, whichever was published last", () => {
    const versions = ["5.9.3", "6.0.3", "6.1.0-beta.1", "7.0.0-beta.1", "7.0.2", "5.9.4"];
    expect(newestAllowed("typescript", versions)).toBe("6.0.3");
    expect(newestAllowed("zod", versions)).toBe("7.0.2");
  });

  it("takes the newest version of each package, or names the reason why not", () => {
    const outdated = {
      semver: { current: "7.8.6", latest: "8.0.0" },
      zod: [
        { current: "4.6.7", latest: "5.0.0" },
        { current: "4.6.7", latest: "5.0.0" },
      ],
      typescript: { current: "6.0.3", latest: "7.0.2" },
      vite: { current: "8.3.7", latest: "8.3.8" },
    };
    const latest = latestOf(JSON.stringify(outdated));
    const taken = new Map([...latest, ["typescript", "6.0.3"]]);
    expect([...latest.keys()].filter((name) => !Object.hasOwn(limits, name))).toEqual(["semver", "zod"]);
    const lines = leftOut(latest, taken);
    expect(lines).toContain(`typescript: 6.0.3 instead of 7.0.2, because ${limits["typescript"]?.reason ?? ""}`);
    expect(lines).toContain("vite: remove its limit, <8.4: the newest version is within it");
    expect(latestOf("{}").size).toBe(0);
  });

  it("leaves the minimum versions, which the documents have as they are tested", () => {
    const short = (version: string) => version.replace(/^\^/, "").replace(/\.0$/, "");
    const page = read("docs/how-to/landingZone.md").replace(/ +/g, " ");
    for (const [name, range] of Object.entries(peerDependencies))
      expect(page).toContain(
        `| \`${name}\` | ${short(range)} or later, below ${String(Number(short(range).split(".")[0]) + 1)}`,
      );
    expect(page).toContain(`| Pulumi | ${short(minimumVersion)} or later, the oldest tested version |`);
    expect(parse(read("Pulumi.yaml"))).toMatchObject({ requiredPulumiVersion: `>=${minimumVersion}` });
    for (const file of ["README.md", "docs/tutorial/firstStack.md"])
      expect(read(file)).toContain(`[Pulumi](https://www.pulumi.com/docs/install/) ${short(minimumVersion)} or later`);
    for (const file of ["README.md", "CONTRIBUTING.md", "docs/tutorial/firstStack.md"])
      expect(read(file)).toContain(`Go ${goVersion} or later`);
  });

  it("has the limits that Dependabot has", () => {
    const { updates } = parse(read(".github/dependabot.yml")) as {
      updates: { "package-ecosystem": string; ignore?: { "dependency-name": string }[] }[];
    };
    const npm = updates.find((update) => update["package-ecosystem"] === "npm");
    expect(npm?.ignore?.map((ignored) => ignored["dependency-name"]).sort()).toEqual(Object.keys(limits).sort());
  });
});

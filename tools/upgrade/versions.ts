/** The places outside of package.json that have the version of a package, after the first group of a pattern. */
export const generatedVersions = [
  ...["drift.yml", "preview.yml", "up.yml"].map((file) => ({
    file: `.github/workflows/${file}`,
    pattern: /(pulumi-version: )\d+\.\d+\.\d+/g,
    name: "@pulumi/pulumi",
  })),
  {
    file: "docs/how-to/otherPipelines.md",
    pattern: /(pulumi\/pulumi-nodejs-22:)\d+\.\d+\.\d+/g,
    name: "@pulumi/pulumi",
  },
  { file: "docs/reference/localCloud.md", pattern: /(for Pulumi )\d+\.\d+\.\d+(?= with$)/gm, name: "@pulumi/pulumi" },
  { file: "docs/reference/localCloud.md", pattern: /(resource-gcp-v)\d+\.\d+\.\d+/g, name: "@pulumi/gcp" },
  ...["examples/landing-zone", "tests/package/options"].flatMap((folder) =>
    ["@pulumi/gcp", "@pulumi/pulumi"].map((name) => ({
      file: `${folder}/package.json`,
      pattern: new RegExp(`("${name}": ")\\d+\\.\\d+\\.\\d+`, "g"),
      name,
    })),
  ),
];

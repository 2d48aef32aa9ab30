/** The entry point for Pulumi: runs index.ts, or reports in one sentence that Node is too old to load TypeScript. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18) || (major === 23 && minor < 6)) {
  const { RunError } = (await import("@pulumi/pulumi")).default;
  throw new RunError(
    `customer-care needs Node 22.18 or later, and this is Node ${process.versions.node}; install a later one from https://nodejs.org`,
  );
}

export default async () => ({ ...(await import("./index.ts")) });

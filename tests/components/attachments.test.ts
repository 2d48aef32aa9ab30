/** What of the program's folder a config can attach: nothing that is usually kept from others (components/testSupportCase.ts). */
import assert from "node:assert/strict";
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { CustomerCare, TestSupportCase } from "../../components/index.ts";
import { resources, useMocks } from "./mocks.ts";
import { withoutSection } from "../support/section.ts";

/** Each file that is kept back, and its error. */
const keptBack: Readonly<Record<string, RegExp>> = {
  ".env": /is a hidden file/,
  ".ENV.production": /is a hidden file/,
  ".npmrc": /is a hidden file/,
  ".netrc": /is a hidden file/,
  "logs/.htpasswd": /is a hidden file/,
  ".git/config": /is in the hidden folder ".git"/,
  ".git/logs/HEAD": /is in the hidden folder ".git"/,
  ".customer-care/cloud.json": /is in the hidden folder ".customer-care"/,
  ".pulumi/stacks/dev.json": /is in the hidden folder ".pulumi"/,
  ".config/gcloud/logs/boot.txt": /is in the hidden folder ".config"/,
  "logs/.old/boot.txt": /is in the hidden folder ".old"/,
  "node_modules/left-pad/index.js": /is in the folder node_modules/,
  "examples/Node_Modules/left-pad/index.js": /is in the folder node_modules/,
  "Pulumi.yaml": /is one of Pulumi's files/,
  "Pulumi.local.yaml": /is one of Pulumi's files/,
  "Pulumi.prod.yml": /is one of Pulumi's files/,
  "pulumi.DEV.YAML": /is one of Pulumi's files/,
  "Pulumi.dev.json": /is one of Pulumi's files/,
  "examples/landing-zone/Pulumi.dev.yaml": /is one of Pulumi's files/,
  "server.pem": /has the name of a file with credentials/,
  "certs/server.KEY": /has the name of a file with credentials/,
  "keys.p12": /has the name of a file with credentials/,
  "release.jks": /has the name of a file with credentials/,
  id_rsa: /has the name of a file with credentials/,
  id_ed25519: /has the name of a file with credentials/,
  "prod.env": /has the name of a file with credentials/,
  "terraform.tfstate": /has the name of a file with credentials/,
  "terraform.tfstate.backup": /has the name of a file with credentials/,
  "prod.auto.tfvars": /has the name of a file with credentials/,
  "prod.tfvars.json": /has the name of a file with credentials/,
  "gha-creds-0a1b2c.json": /has the name of a file with credentials/,
  "client_secret_123.apps.googleusercontent.com.json": /has the name of a file with credentials/,
  "service-account.json": /has the name of a file with credentials/,
  "application_default_credentials.json": /has the name of a file with credentials/,
  "credentials.json": /has the name of a file with credentials/,
  "secrets.yaml": /has the name of a file with credentials/,
  kubeconfig: /has the name of a file with credentials/,
};

const pem = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END ${kind}PRIVATE KEY-----\n`;

/** Each file that has a harmless name, and contains a credential. */
const holding: Readonly<Record<string, string | Buffer>> = {
  "notes.txt": `my key\n${pem("")}`,
  "rsa.txt": pem("RSA "),
  "openssh.txt": pem("OPENSSH "),
  "utf16le.txt": Buffer.from(`\ufeff${pem("RSA ")}`, "utf16le"),
  "utf16be.txt": Buffer.from(pem(""), "utf16le").swap16(),
  "shop-dev-0a1b2c3d4e5f.json": JSON.stringify({ type: "service_account", private_key: pem("") }),
  "user.json": JSON.stringify({ type: "authorized_user", client_secret: "x", refresh_token: "1//0x" }, undefined, 2),
};

/** Each file that can be attached. */
const open = [
  "boot.txt",
  "logs/boot.log",
  "README.md",
  "data.json",
  "keys.txt",
  "node_modules.txt",
  "my Pulumi.yaml.txt",
];

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return withoutSection((error as Error).message, "config");
  }
  return "";
}

function whole(attachments: readonly string[]): string {
  const testCase = { project: "shop-dev", attachments: [...attachments] };
  return messageOf(() => new CustomerCare("care", { plan: "enhanced", projects: { "shop-dev": {} }, testCase }));
}

const alone = (attachments: readonly string[]) =>
  messageOf(() => new TestSupportCase("case", { projectId: "shop-dev", attachments: [...attachments] }));

describe("a file of the program's folder", () => {
  const before = process.cwd();
  let folder = "";
  beforeAll(async () => {
    // The program's own folder may be in a hidden one.
    folder = await mkdtemp(join(tmpdir(), ".attachments-"));
    const files = [...Object.keys(keptBack), ...open].map((name) => [name, "harmless"] as const);
    for (const [name, content] of [...files, ...Object.entries(holding)]) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    await symlink(".git", join(folder, "link-to-folder"));
    process.chdir(folder);
  });
  afterAll(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true });
  });
  beforeEach(() => useMocks());

  for (const [name, message] of Object.entries(keptBack))
    it(`is refused by its path, with what to do, also behind a link: ${name}`, async () => {
      const links = { symbolic: join("logs", `to-${String(Object.keys(keptBack).indexOf(name))}.txt`) };
      await symlink(join(folder, name), links.symbolic);
      const writings = [name, `./${name}`, `logs/../${name}`, join(folder, name), links.symbolic];
      for (const make of [whole, alone]) {
        const lines = make(writings).split("\n");
        assert.equal(lines.length, writings.length);
        for (const [index, writing] of writings.entries()) {
          const line = lines[index] ?? "";
          assert.ok(line.includes(`attachments[${String(index)}]: ${JSON.stringify(writing)} `), line);
          assert.match(line, message);
          assert.match(
            line,
            /; if it may leave the organization, copy it under another name, and write the path of the copy$/,
          );
        }
        assert.ok(lines.at(-1)?.includes(`is a link to ${JSON.stringify(name)}, which `), lines.at(-1));
      }
    });

  it("is refused in a folder that a link leads to", () => {
    assert.match(whole(["link-to-folder/config"]), /is a link to ".git\/config", which is in the hidden folder ".git"/);
  });

  for (const name of Object.keys(holding))
    it(`is refused by its content, also under another name: ${name}`, async () => {
      const copy = join("logs", `copy-of-${name}`);
      await link(name, copy);
      for (const writing of [name, copy])
        assert.ok(
          whole([writing]).includes(
            `${JSON.stringify(writing)} contains a private key or another credential; remove it`,
          ),
          whole([writing]),
        );
    });

  it("is attached otherwise, as is a copy of a file that is kept back", async () => {
    await writeFile("copy-of-env.txt", "harmless");
    assert.equal(whole([...open, "copy-of-env.txt"]), "");
    await resources();
  });
});

/** A local cloud that plays Google for `npm run acceptance`, with a server in front of it that can change its replies. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import type { RawExchange } from "../../../tools/acceptance/proxy.ts";
import { callerRoles } from "../../../tools/acceptance/replay.ts";
import { loadSeed, startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud, SeedInput } from "../../../tools/localCloud/index.ts";
import { home, root } from "../../../tools/setup/bootstrap/places.mjs";
import { engineFromEnvironment } from "../../support/engineFromEnvironment.ts";
import type { Passing, Plant } from "./plants.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PlayedGoogle {
  readonly cloud: Cloud;
  /** Where the acceptance writes. */
  readonly folder: string;
  /** Everything that it has replied, in order. */
  readonly replies: readonly RawExchange[];
  /** Called before each request. */
  onRequest: (request: string) => void;
  begin(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  close(): Promise<void>;
}

export const sandbox = {
  CUSTOMER_CARE_ACCEPTANCE_PROJECT: "shop-dev",
  CUSTOMER_CARE_ACCEPTANCE_FOLDER: "456789012345",
  CUSTOMER_CARE_ACCEPTANCE_ORGANIZATION: "123456789012",
  CUSTOMER_CARE_ACCEPTANCE_MEMBER: "group:care-sandbox@example.com",
};

/** The seed, in which the caller has the roles of the how-to and no others. */
function seedOfGoogle(): SeedInput {
  const seed = loadSeed();
  const caller = seed.principals[0]?.principal ?? "";
  const place = <Item extends { bindings: { role: string; members: string[] }[] }>(
    item: Item,
    isSandbox: boolean,
    ...collections: (keyof typeof callerRoles)[]
  ): Item => ({
    ...item,
    bindings: [
      ...item.bindings.map((binding) => ({
        ...binding,
        members: binding.members.filter((member) => member !== caller),
      })),
      ...(isSandbox ? collections : [])
        .flatMap((collection) => callerRoles[collection])
        .map((role) => ({ role: `roles/${role}`, members: [caller] })),
    ].filter(({ members }) => members.length > 0),
  });
  const { CUSTOMER_CARE_ACCEPTANCE_PROJECT: id, CUSTOMER_CARE_ACCEPTANCE_FOLDER: folder } = sandbox;
  return {
    ...seed,
    organizations: seed.organizations.map((one) => place(one, true, "organizations", "root")),
    folders: seed.folders.map((one) => place(one, one.id === folder, "folders")),
    projects: seed.projects.map((one) => place(one, one.projectId === id, "projects")),
  };
}

export async function playGoogle(name: string, plants: readonly Plant[] = []): Promise<PlayedGoogle> {
  await engineFromEnvironment();
  const cloud = await startCloud({ seed: seedOfGoogle() });
  const replies: RawExchange[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const pass = async () => {
      played.onRequest(`${method} ${url}`);
      const body = await buffer(request);
      const { host: _, "content-length": __, connection: ___, ...sent } = headers;
      const reply = await fetch(cloud.address + url, {
        method,
        headers: sent as Record<string, string>,
        ...(body.length > 0 && { body }),
      });
      const bytes = Buffer.from(await reply.arrayBuffer());
      const passing: Passing = {
        method,
        path: url.replace(/\?.*/, ""),
        authorization: headers.authorization ?? "",
        request: parsed(body) as Record<string, unknown>,
        status: reply.status,
        headers: { "content-type": reply.headers.get("content-type") ?? "" },
        reply: parsed(bytes),
      };
      for (const plant of plants) plant.change(passing);
      const changed = typeof passing.reply === "string" ? passing.reply : JSON.stringify(passing.reply);
      const got = isJson(bytes) ? Buffer.from(changed) : bytes;
      const [, api = "", path = "", search = ""] = /^\/([^/?]+)\/([^?]*)\??(.*)$/.exec(url) ?? [];
      const { status } = passing;
      const replyHeaders = new Headers(passing.headers);
      replies.push({ api, method, path, search, headers, sent: body, status, replyHeaders, got });
      response.writeHead(status, passing.headers).end(got);
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const environment = Object.fromEntries(
    Object.entries(cloud.environment).map(([key, value]) => [key, value.replace(cloud.address, address)]),
  );
  const folder = join(home, "tests", name);
  // A journal there would be that of another cloud.
  rmSync(folder, { recursive: true, force: true });
  const played: PlayedGoogle = {
    cloud,
    folder,
    replies,
    onRequest: () => {},
    begin: (...args) => {
      const child = spawn(process.execPath, [join(root, "tools/acceptance/main.ts"), "--folder", folder, ...args], {
        env: {
          ...process.env,
          ...environment,
          ...sandbox,
          CUSTOMER_CARE_GCP_PLUGIN: "stand-in",
          GOOGLE_CLOUD_UNIVERSE_DOMAIN: "emulator.invalid",
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
      const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]);
      return { child, ended: ended.then(([code, stdout, stderr]) => ({ code, stdout, stderr })) };
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await cloud.close();
    },
  };
  return played;
}

function parsed(bytes: Buffer): Record<string, unknown> | string {
  try {
    return JSON.parse(bytes.toString() || "{}") as Record<string, unknown>;
  } catch {
    return bytes.toString();
  }
}

function isJson(bytes: Buffer): boolean {
  return typeof parsed(bytes) === "object";
}

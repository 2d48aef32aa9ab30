/** A program as one in another language: it takes the component from the installed component package, at its version. */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

const schema = readFileSync(new URL("../../plugin/schema.json", import.meta.url), "utf8");
const { version } = JSON.parse(schema) as { version: string };

new pulumi.ComponentResource(
  "customer-care:index:CustomerCare",
  "care",
  { plan: "enhanced", projects: { "shop-dev": { editors: ["user:ada@example.com"] } } },
  { version },
  true,
);

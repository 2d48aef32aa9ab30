/** Terraform with the provider that Pulumi's gcp plugin wraps, tuned for speed: no batching, high parallelism. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchCloud } from "../cloud.ts";
import type { Contender, Operation } from "../contender.ts";
import { measure } from "../measure.ts";
import { address, apiCategory, editorsOf, projectIds, role, services } from "../work.ts";

export interface TerraformOptions {
  readonly directory: string;
  readonly cloud: BenchCloud;
  readonly count: number;
  /** The folder of `terraform-provider-google-beta`. */
  readonly provider: string;
  readonly parallelism: number;
  readonly log: string;
}

export function terraform({ directory, cloud, count, provider, parallelism, log }: TerraformOptions): Contender {
  const cliConfig = join(directory, "terraform.rc");
  const write = (isChanged: boolean) =>
    writeFile(join(directory, "main.tf.json"), JSON.stringify(configuration(cloud, count, isChanged), undefined, 2));
  const run = (...args: string[]) =>
    measure({
      file: "terraform",
      args,
      directory,
      log,
      environment: {
        PATH: process.env["PATH"],
        HOME: directory,
        TF_CLI_CONFIG_FILE: cliConfig,
        TF_IN_AUTOMATION: "1",
        CHECKPOINT_DISABLE: "1",
        GOOGLE_OAUTH_ACCESS_TOKEN: cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"],
      },
    });
  const parallel = `-parallelism=${String(parallelism)}`;
  const apply = ["apply", "-auto-approve", "-input=false", "-no-color", parallel];
  const commands: Record<Operation, () => Promise<Awaited<ReturnType<typeof run>>>> = {
    update: () => run(...apply),
    // Like a Pulumi preview, compare with the state without a refresh.
    "empty preview": () => run("plan", "-input=false", "-no-color", "-refresh=false", parallel),
    "change of one project": async () => {
      await write(true);
      return run(...apply, "-refresh=false");
    },
    refresh: () => run(...apply, "-refresh-only"),
    destroy: () => run("destroy", ...apply.slice(1), "-refresh=false"),
  };
  return {
    name: "Terraform",
    async prepare() {
      await rm(directory, { recursive: true, force: true });
      await mkdir(directory, { recursive: true });
      await write(false);
      await writeFile(
        cliConfig,
        `provider_installation {\n  dev_overrides {\n    "hashicorp/google-beta" = ${JSON.stringify(provider)}\n  }\n  direct {}\n}\n`,
      );
    },
    run: (operation) => commands[operation](),
  };
}

function configuration(cloud: BenchCloud, count: number, isChanged: boolean): object {
  const { serviceUsageCustomEndpoint, resourceManagerCustomEndpoint, essentialContactsCustomEndpoint } =
    cloud.gcpConfig;
  const ids = projectIds(count);
  const enabled = ids.flatMap((project) => services.map((service) => [`${project}/${service}`, { project, service }]));
  const grants = [...editorsOf(count, isChanged)].flatMap(([project, members]) =>
    members.map((member) => [`${project}/${member}`, { project, member }]),
  );
  const each = (entries: unknown[][]) => Object.fromEntries(entries) as object;
  const provider = "google-beta";
  return {
    terraform: { required_providers: { [provider]: { source: "hashicorp/google-beta" } } },
    provider: {
      [provider]: {
        service_usage_custom_endpoint: serviceUsageCustomEndpoint,
        resource_manager_custom_endpoint: resourceManagerCustomEndpoint,
        essential_contacts_custom_endpoint: essentialContactsCustomEndpoint,
        universe_domain: cloud.gcpConfig["universeDomain"],
        batching: { enable_batching: false },
      },
    },
    resource: {
      google_project_service: {
        enabled: {
          provider,
          for_each: each(enabled),
          project: "${each.value.project}",
          service: "${each.value.service}",
          disable_on_destroy: false,
        },
      },
      google_project_iam_member: {
        editors: {
          provider,
          for_each: each(grants),
          role,
          project: "${each.value.project}",
          member: "${each.value.member}",
        },
      },
      google_essential_contacts_contact: {
        contacts: {
          provider,
          for_each: each(ids.map((id) => [id, id])),
          parent: "projects/${each.value}",
          email: address,
          language_tag: "en",
          notification_category_subscriptions: [apiCategory],
          depends_on: ["google_project_service.enabled"],
        },
      },
    },
  };
}

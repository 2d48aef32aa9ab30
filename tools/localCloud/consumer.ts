/**
 * The consumer of a call: the project whose quota it uses. The API must be enabled there.
 *
 * Source: https://cloud.google.com/docs/quotas/quota-project, google/api/error_reason.proto.
 */
import type { Api, Context } from "./api.ts";
import { ApiError, errorInfo } from "./errors.ts";
import { findProject } from "./hierarchy.ts";
import { hasPermission } from "./api.ts";
import type { Principal, Project } from "./state.ts";

/** The project of gcloud's credentials for users. */
const gcloudProject = "764086051850";

/** The consumer of a call: X-Goog-User-Project, or the service account's project. */
export function consumerOf(
  context: Context,
  api: Api,
  principal: Principal,
  userProject: string | undefined,
): Project | undefined {
  const consumer =
    userProject === undefined || userProject === ""
      ? ownProject(context, principal)
      : userProjectOf(context, principal, userProject);
  if (consumer !== undefined) checkEnabled(context, api, consumer);
  else if (api.access === "quotaProject") throw quotaProjectRequired(api);
  return consumer;
}

function ownProject({ state }: Context, { projectId }: Principal): Project | undefined {
  return projectId === undefined ? undefined : findProject(state, projectId);
}

function userProjectOf(context: Context, principal: Principal, idOrNumber: string): Project {
  const project = findProject(context.state, idOrNumber);
  if (project === undefined || !hasPermission(context, principal, "serviceusage.services.use", project)) {
    const message =
      `Caller does not have required permission to use project ${idOrNumber}. Grant the caller the ` +
      "roles/serviceusage.serviceUsageConsumer role, or a custom role with the serviceusage.services.use permission.";
    throw new ApiError("PERMISSION_DENIED", message, {
      details: [errorInfo("USER_PROJECT_DENIED", "googleapis.com", { consumer: `projects/${idOrNumber}` })],
    });
  }
  return project;
}

function checkEnabled({ clock, faults }: Context, { service, title }: Api, consumer: Project): void {
  const enabled = consumer.services.get(service);
  const now = clock.now();
  if (enabled === undefined || now < enabled.enabledAt + faults.settings.servicePropagation)
    throw serviceDisabled(service, title, consumer.projectNumber);
  enabled.lastUsedAt = now;
}

/** As recorded in google-gemini/gemini-cli#1343. */
function serviceDisabled(service: string, serviceTitle: string, projectNumber: string): ApiError {
  const activationUrl = `https://console.developers.google.com/apis/api/${service}/overview?project=${projectNumber}`;
  const message =
    `${serviceTitle} has not been used in project ${projectNumber} before or it is disabled. Enable it by visiting ` +
    `${activationUrl} then retry. If you enabled this API recently, wait a few minutes for the action to propagate ` +
    "to our systems and retry.";
  return new ApiError("PERMISSION_DENIED", message, {
    details: [
      errorInfo("SERVICE_DISABLED", "googleapis.com", {
        service,
        serviceTitle,
        consumer: `projects/${projectNumber}`,
        containerInfo: projectNumber,
        activationUrl,
      }),
      { "@type": "type.googleapis.com/google.rpc.LocalizedMessage", locale: "en-US", message },
      {
        "@type": "type.googleapis.com/google.rpc.Help",
        links: [{ description: "Google developers console API activation", url: activationUrl }],
      },
    ],
    errors: [{ message, domain: "usageLimits", reason: "accessNotConfigured" }],
  });
}

/** The consumer is then gcloud's project, where the API is not enabled, so the reason is also SERVICE_DISABLED. */
function quotaProjectRequired({ service }: Api): ApiError {
  const message =
    "Your application is authenticating by using local Application Default Credentials. The " +
    `${service} API requires a quota project, which is not set by default. To learn how to set your quota project, ` +
    "see https://cloud.google.com/docs/authentication/adc-troubleshooting/user-creds .";
  return new ApiError("PERMISSION_DENIED", message, {
    details: [errorInfo("SERVICE_DISABLED", "googleapis.com", { service, consumer: `projects/${gcloudProject}` })],
  });
}

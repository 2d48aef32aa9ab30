/** Cases: create, get, list, search, update, escalate, close. There is no delete, and no reopening. */
import { z } from "zod";
import { variable } from "../api.ts";
import type { Call, Method } from "../api.ts";
import { timestamp } from "../clock.ts";
import { invalidArgument } from "../errors.ts";
import { updateMask } from "../fieldMask.ts";
import { findResource, lineage } from "../hierarchy.ts";
import { parseMessage } from "../message.ts";
import { page } from "../paging.ts";
import { nextNumber } from "../state.ts";
import type { CaseClassification, Resource, SupportCase } from "../state.ts";
import { actor, authorizeParent, caseNamed, openCaseNamed } from "./access.ts";
import { caseFilter, caseQuery } from "./caseQuery.ts";
import { addCase, revise, searchable } from "./caseRevisions.ts";

const pageSizes = { default: 10, max: 1000 };

/** Case IDs have eight digits. */
const firstCaseId = 43595345;

const priority = z.enum(["PRIORITY_UNSPECIFIED", "P0", "P1", "P2", "P3", "P4"]);

/** The languages of support (https://cloud.google.com/support/docs/language-working-hours). */
const languageCodes = ["en", "fr", "ja", "ko", "zh-CN", "zh-TW"];

/** google.cloud.support.v2.Case in requests. */
const caseRequest = z.object({
  displayName: z.string().default(""),
  description: z.string().default(""),
  classification: z.object({ id: z.string().default("") }).prefault({}),
  timeZone: z.string().default(""),
  subscriberEmailAddresses: z.array(z.string()).default([]),
  contactEmail: z.string().default(""),
  testCase: z.boolean().default(false),
  languageCode: z
    .string()
    .default("en")
    .transform((code) => (languageCodes.includes(code) ? code : "en")),
  priority: priority.default("PRIORITY_UNSPECIFIED"),
});

const escalateRequest = z.object({
  escalation: z.object({
    reason: z.enum(["RESOLUTION_TIME", "TECHNICAL_EXPERTISE", "BUSINESS_IMPACT"]),
    justification: z.string().min(1, "a justification is required"),
  }),
});

/** The fields that an update can change. An empty mask means all of them. */
const updatable = ["priority", "displayName", "subscriberEmailAddresses"];

/** The case in the API, without comments and attachments, which are separate collections. */
function caseMessage({
  parent: _parent,
  comments: _comments,
  attachments: _attachments,
  escalations: _escalations,
  ...shown
}: SupportCase): object {
  return shown;
}

function createCase(call: Call): object {
  const parentName = variable(call, "parent");
  const parent = authorizeParent(call, "cloudsupport.techCases.create", parentName);
  const { state, clock } = call.context;
  const request = parseMessage(caseRequest, call.body, "case");
  if (request.displayName === "") throw invalidArgument("case.display_name", "is required");
  if (request.description === "") throw invalidArgument("case.description", "is required");
  if (request.priority === "PRIORITY_UNSPECIFIED") throw invalidArgument("case.priority", "is required");
  checkContactEmail(call, request.contactEmail);
  const { id, displayName } = validClassification(call, request.classification.id);
  const now = timestamp(clock.now());
  const created: SupportCase = {
    ...request,
    // The name contains the parent as in the create request. Google's documentation shows project IDs and organization numbers.
    name: `${parentName}/cases/${nextNumber(state, "cases", firstCaseId)}`,
    classification: { id, displayName },
    state: "NEW",
    createTime: now,
    updateTime: now,
    creator: actor(state, call.principal.principal),
    escalated: false,
    escalations: 0,
    parent: parent.name,
    comments: [],
    attachments: [],
  };
  addCase(call.context, created);
  return caseMessage(created);
}

/** Workforce identities have no address and must provide one. All others must not. */
function checkContactEmail({ principal: { principal } }: Call, contactEmail: string): void {
  const workforce = principal.startsWith("principal:");
  if (workforce && contactEmail === "") throw invalidArgument("case.contact_email", "is required for this identity");
  if (!workforce && contactEmail !== "") throw invalidArgument("case.contact_email", "must not be set");
}

/** A deactivated classification can still be used for six months. */
function validClassification({ context: { state, clock } }: Call, id: string): CaseClassification {
  const found = state.caseClassifications.find((candidate) => candidate.id === id);
  if (found === undefined) throw invalidArgument("case.classification.id", "is not the id of a classification");
  if (found.deactivateTime !== undefined) {
    const end = new Date(found.deactivateTime);
    end.setUTCMonth(end.getUTCMonth() + 6);
    if (clock.now() > end.getTime()) throw invalidArgument("case.classification.id", "is no longer valid");
  }
  return found;
}

/** Only the cases directly under the parent. */
function listCases(call: Call): object {
  const parent = authorizeParent(call, "cloudsupport.techCases.list", variable(call, "parent"));
  const matches = caseFilter(call.query.text("filter"));
  const found = [...call.context.state.cases.values()].filter(
    (candidate) => candidate.parent === parent.name && matches(candidate),
  );
  return casesPage(call, found);
}

/** The cases of the parent and of everything below it. */
function searchCases(call: Call): object {
  const parent = authorizeParent(call, "cloudsupport.techCases.list", variable(call, "parent"));
  const matches = caseQuery(call.query.text("query"));
  const found = [...call.context.state.cases.values()]
    .filter((candidate) => isUnder(call, candidate, parent))
    .map((candidate) => searchable(call.context, candidate))
    .filter((candidate): candidate is SupportCase => candidate !== undefined && matches(candidate));
  return casesPage(call, found);
}

/** Permissions are inherited, so a caller who can list the parent's cases can list those below it. */
function isUnder({ context: { state } }: Call, supportCase: SupportCase, parent: Resource): boolean {
  const resource = findResource(state, supportCase.parent);
  return resource !== undefined && lineage(state, resource).includes(parent);
}

function casesPage(call: Call, found: readonly SupportCase[]): object {
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { cases: items.map(caseMessage), nextPageToken };
}

function updateCase(call: Call): object {
  const supportCase = openCaseNamed(call, "cloudsupport.techCases.update", variable(call, "case.name"));
  const mask = updateMask(call.query.text("updateMask"), updatable);
  const request = parseMessage(caseRequest, call.body, "case");
  const paths = mask.length === 0 ? updatable : mask;
  revise(call.context, supportCase, () => {
    // A field that is named but absent is cleared.
    if (paths.includes("priority"))
      supportCase.priority = request.priority === "PRIORITY_UNSPECIFIED" ? "" : request.priority;
    if (paths.includes("displayName")) supportCase.displayName = request.displayName;
    if (paths.includes("subscriberEmailAddresses"))
      supportCase.subscriberEmailAddresses = request.subscriberEmailAddresses;
  });
  return caseMessage(supportCase);
}

function escalateCase(call: Call): object {
  const supportCase = openCaseNamed(call, "cloudsupport.techCases.escalate", variable(call, "name"));
  parseMessage(escalateRequest, call.body);
  revise(call.context, supportCase, () => {
    supportCase.escalated = true;
    supportCase.escalations++;
  });
  return caseMessage(supportCase);
}

function closeCase(call: Call): object {
  const supportCase = openCaseNamed(call, "cloudsupport.techCases.update", variable(call, "name"));
  revise(call.context, supportCase, () => {
    supportCase.state = "CLOSED";
  });
  return caseMessage(supportCase);
}

export const caseMethods: readonly Method[] = [
  {
    rpc: "CaseService.GetCase",
    handle: (call) => caseMessage(caseNamed(call, "cloudsupport.techCases.get", variable(call, "name"))),
  },
  {
    rpc: "CaseService.ListCases",
    handle: listCases,
  },
  {
    rpc: "CaseService.SearchCases",
    handle: searchCases,
  },
  {
    rpc: "CaseService.CreateCase",
    handle: createCase,
  },
  {
    rpc: "CaseService.UpdateCase",
    handle: updateCase,
  },
  {
    rpc: "CaseService.EscalateCase",
    handle: escalateCase,
  },
  {
    rpc: "CaseService.CloseCase",
    handle: closeCase,
  },
];

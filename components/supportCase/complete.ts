/** Applies the inputs to a case in steps. Each step records its result, so that nothing is done twice. */
import { isDeepStrictEqual } from "node:util";
import { isAmbiguous } from "../../google/index.ts";
import type { Case, CaseUpdate } from "../../google/index.ts";
import { escalationReasons } from "../../guide/index.ts";
import { closeCase } from "./close.ts";
import {
  pendingAttachments,
  pendingComments,
  fieldsToChange,
  findAttachment,
  notFoundProblem,
  sentenceOf,
  isEqual,
  isEscalationDue,
  isSameText,
  mustBeClosed,
  closedCaseRemedy,
} from "./diff.ts";
import type { Done } from "./diff.ts";
import { findLeftovers, getCase } from "./find.ts";
import { fieldsOf, isAdopted, outputsOf, sha256, valueOf } from "./properties.ts";
import type { AttachmentFile, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { confirmWrite, messageOf, partialFailure } from "./write.ts";
import type { Dependencies } from "./write.ts";

export async function updateCase(
  name: string,
  olds: SupportCaseOutputs,
  news: SupportCaseInputs,
  dependencies: Dependencies,
): Promise<SupportCaseOutputs> {
  const { api } = dependencies;
  const found = await getCase(api, name);
  if (found === undefined) throw new Error(sentenceOf(notFoundProblem(name)));
  const leftovers = isAdopted(news) ? [] : await findLeftovers(name, news, api);
  return completeCase(found, news, olds, dependencies, leftovers, true);
}

/**
 * @param surplus The other open cases of this life, which are closed.
 * @param isInState Whether the case is already in the state. Then a rejected change needs no partial result.
 * @throws partialFailure with the case and everything done so far, if a step fails
 */
export async function completeCase(
  found: Case,
  inputs: SupportCaseInputs,
  done: Done,
  dependencies: Dependencies,
  surplus: readonly Case[],
  isInState: boolean,
): Promise<SupportCaseOutputs> {
  const { api } = dependencies;
  const { name } = found;
  let outputs: SupportCaseOutputs = {
    ...outputsOf(inputs, found),
    // Record the case's actual fields until they are changed.
    ...fieldsOf(found, inputs),
    comments: done.comments ?? [],
    attachments: done.attachments ?? [],
    escalated: done.escalated ?? false,
  };
  const before = outputs;
  const step = async (failure: string, run: () => Promise<Partial<SupportCaseOutputs>>) => {
    try {
      outputs = { ...outputs, ...(await run()) };
    } catch (error) {
      const reason = `case ${name} ${failure}: ${messageOf(error)}`;
      const isRefused = isInState && !isAmbiguous(error) && isDeepStrictEqual(outputs, before);
      throw isRefused ? new Error(reason, { cause: error }) : partialFailure(outputs, dependencies.provider, reason);
    }
  };
  const assertOpen = () => {
    if (found.state === "CLOSED")
      throw new Error(`it is closed, and a closed case cannot be changed; ${closedCaseRemedy(inputs)}`);
  };

  for (const other of surplus)
    await step(`has a duplicate, ${other.name}, which could not be closed`, async () => {
      await closeCase(other.name, dependencies);
      return {};
    });

  const fields = fieldsToChange(found, inputs);
  if (fields.length > 0)
    await step(`could not be changed (${fields.join(", ")})`, async () => {
      assertOpen();
      return changeFields(found, inputs, dependencies);
    });

  // After `pulumi cancel`, another update of this life can run at the same time. The API has no locks and no
  // idempotency, so read the existing comments and attachments right before each addition.
  for (const comment of pendingComments(inputs, outputs)) {
    const findComment = async () => (await api.listComments(name)).find(({ body }) => isSameText(body, comment));
    let existing: Awaited<ReturnType<typeof findComment>>;
    await step("could not be read", async () => {
      existing = await findComment();
      return {};
    });
    await step("could not be commented on", async () => {
      if (existing === undefined) {
        assertOpen();
        await confirmWrite(dependencies, () => api.createComment(name, comment), findComment);
      }
      return { comments: [...(outputs.comments ?? []), comment] };
    });
  }

  for (const file of pendingAttachments(inputs, outputs))
    await step(`did not get the attachment ${JSON.stringify(file.path)}`, async () => {
      if ((await findAttachment(name, file, api)) === undefined) {
        assertOpen();
        await uploadFile(name, file, dependencies);
      }
      const { filename, sha256 } = file;
      return { attachments: [...(outputs.attachments ?? []), { filename, sha256 }] };
    });

  const { escalation } = inputs;
  if (escalation !== undefined && isEscalationDue(inputs, outputs))
    await step("could not be escalated", async () => {
      const escalated = async () => {
        const now = await api.getCase(name);
        return now.escalated === true ? now : undefined;
      };
      if (found.escalated !== true && (await escalated()) === undefined) {
        assertOpen();
        const { reason, justification } = escalation;
        await confirmWrite(
          dependencies,
          () => api.escalateCase(name, { reason: escalationReasons[reason].apiName, justification }),
          escalated,
        );
      }
      return { escalated: true };
    });

  if (mustBeClosed(inputs, outputs))
    await step("could not be closed; the next `pulumi up` closes it", async () => {
      const { state } = await closeCase(name, dependencies);
      return { state };
    });
  return outputs;
}

async function changeFields(found: Case, inputs: SupportCaseInputs, dependencies: Dependencies) {
  const { api } = dependencies;
  const fields = fieldsToChange(found, inputs);
  const changes = Object.fromEntries(fields.map((key) => [key, valueOf(inputs, key)])) as CaseUpdate;
  await confirmWrite(
    dependencies,
    () => api.updateCase(found.name, changes),
    async () => {
      const now = await api.getCase(found.name);
      return fields.every((key) => isEqual(valueOf(now, key), valueOf(changes, key))) ? now : undefined;
    },
  );
  return changes as Partial<SupportCaseOutputs>;
}

async function uploadFile(name: string, file: AttachmentFile, dependencies: Dependencies): Promise<void> {
  const bytes = await dependencies.readFile(file.path);
  if (sha256(bytes) !== file.sha256) throw new Error("the file has changed since the preview; run `pulumi up` again");
  await confirmWrite(
    dependencies,
    () => dependencies.api.uploadAttachment(name, file.filename, bytes),
    () => findAttachment(name, file, dependencies.api),
  );
}

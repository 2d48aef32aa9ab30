/** The comments of a case. */
import { z } from "zod";
import { variable } from "../api.ts";
import type { Call, Method } from "../api.ts";
import { timestamp } from "../clock.ts";
import { invalidArgument, notFound } from "../errors.ts";
import { parseMessage } from "../message.ts";
import { page } from "../paging.ts";
import { nextNumber } from "../state.ts";
import type { Comment } from "../state.ts";
import { actor, caseNamed, openCaseNamed } from "./access.ts";
import { revise } from "./caseRevisions.ts";

const pageSizes = { default: 10, max: 1000 };

/** The longest body of a comment, in characters (google/cloud/support/v2/comment.proto). */
const maxBodyLength = 12800;

const commentRequest = z.object({ body: z.string().default("") });

/** `plainTextBody` is deprecated and equal to the body. */
function commentMessage(comment: Comment): object {
  return { ...comment, plainTextBody: comment.body };
}

function createComment(call: Call): object {
  const parent = variable(call, "parent");
  const supportCase = openCaseNamed(call, "cloudsupport.techCases.update", parent);
  const { state, clock } = call.context;
  const { body } = parseMessage(commentRequest, call.body, "comment");
  if (body === "") throw invalidArgument("comment.body", "is required");
  if ([...body].length > maxBodyLength) throw invalidArgument("comment.body", `at most ${maxBodyLength} characters`);
  const comment: Comment = {
    name: `${supportCase.name}/comments/${nextNumber(state, "comments", 234567001)}`,
    createTime: timestamp(clock.now()),
    creator: actor(state, call.principal.principal),
    body,
  };
  revise(call.context, supportCase, () => supportCase.comments.push(comment));
  return commentMessage(comment);
}

function listComments(call: Call): object {
  const supportCase = caseNamed(call, "cloudsupport.techCases.get", variable(call, "parent"));
  const { items, nextPageToken } = page(supportCase.comments, call, pageSizes);
  return { comments: items.map(commentMessage), nextPageToken };
}

function getComment(call: Call): object {
  const name = variable(call, "name");
  const supportCase = caseNamed(call, "cloudsupport.techCases.get", name);
  const id = name.split("/").at(-1);
  const comment = supportCase.comments.find((candidate) => candidate.name.split("/").at(-1) === id);
  if (comment === undefined) throw notFound();
  return commentMessage(comment);
}

export const commentMethods: readonly Method[] = [
  {
    rpc: "CommentService.ListComments",
    handle: listComments,
  },
  {
    rpc: "CommentService.CreateComment",
    handle: createComment,
  },
  {
    rpc: "CommentService.GetComment",
    handle: getComment,
  },
];

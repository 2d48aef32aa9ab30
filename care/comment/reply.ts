/** GitHub's replies. The shape of each is checked, since a proxy or another server may answer in GitHub's place. */
import { z } from "zod";
import { UserError } from "../userError.ts";

/** Source: https://docs.github.com/en/rest/issues/comments */
const comment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
  html_url: z.string(),
});

export const comments = z.array(comment);

export const writtenComment = comment.pick({ html_url: true });

/** Source: https://docs.github.com/en/graphql/reference/queries#user */
export const viewer = z.object({ viewer: z.object({ login: z.string().min(1) }) });

export const notUnderstood =
  "the reply is not one of GitHub's API; set GITHUB_API_URL to the address of the API, such as https://api.github.com, and check the proxy in HTTPS_PROXY";

/** @throws UserError if it has another shape */
export function checked<Shape extends z.ZodType>(shape: Shape, request: string, reply: unknown): z.infer<Shape> {
  const { data, success } = shape.safeParse(reply);
  if (!success) throw new UserError(`${request}: ${notUnderstood}`);
  return data;
}

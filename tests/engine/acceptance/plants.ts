/** Differences between Google and the local cloud, planted into the replies of a cloud that plays Google. */

export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly request: Readonly<Record<string, unknown>>;
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON, or a text. */
  reply: Record<string, unknown> | string;
}

export interface Plant {
  readonly name: string;
  /** Changes the reply if it is one of those that the plant is for. */
  change(passing: Passing): void;
  /** The request and the field of the rows that show it, with a blank between. */
  readonly shows: RegExp;
}

type Message = Record<string, unknown>;

/** A plant for the JSON replies to some requests. */
function plant(
  name: string,
  request: RegExp,
  shows: RegExp,
  change: (reply: Message, passing: Passing) => void,
): Plant {
  return {
    name,
    shows,
    change: (passing) => {
      if (typeof passing.reply === "object" && request.test(`${passing.method} ${passing.path}`))
        change(passing.reply, passing);
    },
  };
}

const oneCase = String.raw`/cases/[^/:]+`;

const error = (reply: Message) => (reply["error"] ?? {}) as Message;

export const signature = "X-Goog-Signature=5ec2e7a11ce5ec2e7a11ce";

const signedUrl = `https://storage.example.net/upload/12345678/file?${signature}`;

export const plants: readonly Plant[] = [
  plant("another status", /^POST .*:close$/, /:close (status|error|name|state|\w+)/, (_reply, passing) => {
    if (passing.status !== 400) return;
    passing.status = 200;
    passing.reply = { name: passing.path.replace(/^.*(projects.*):close$/, "$1"), state: "CLOSED" };
  }),
  plant("a field less", /^POST .*\/contacts$/, /^POST .*\/contacts validateTime$/, (reply) => {
    delete reply["validateTime"];
  }),
  plant("a field more", /^POST .*\/cases$/, /^POST .*\/cases severity$/, (reply) => {
    if ("name" in reply) reply["severity"] = "S4";
  }),
  plant("another enum", new RegExp(`^GET .*${oneCase}$`), /^GET .*\/cases\/<id:\d+> state$/, (reply) => {
    if (reply["state"] === "NEW") reply["state"] = "IN_PROGRESS_GOOGLE_SUPPORT";
  }),
  plant("another order of a list", /^GET .*\/comments$/, /\/comments comments \(order\)$/, (reply) => {
    (reply["comments"] as unknown[] | undefined)?.reverse();
  }),
  plant("another error message", /^POST .*\/contacts$/, /^POST .*\/contacts error\.message$/, (reply, { status }) => {
    if (status === 409) error(reply)["message"] = "A contact with this address exists.";
  }),
  plant("another reason", /^POST .*:enable$/, /:enable error\.details\[0\]\.reason$/, (reply) => {
    const [info] = (error(reply)["details"] ?? []) as Message[];
    if (info !== undefined) info["reason"] = "SERVICE_NOT_FOUND";
  }),
  plant(
    "another header",
    /^POST .*:setIamPolicy$/,
    /:setIamPolicy header\.retry-after$/,
    (_reply, { status, headers }) => {
      if (status === 409) headers["retry-after"] = "30";
    },
  ),
  plant(
    "a number in place of a string",
    /^GET .*\/attachments$/,
    /\/attachments attachments\[0\]\.sizeBytes$/,
    (reply) => {
      for (const attachment of (reply["attachments"] ?? []) as Message[])
        attachment["sizeBytes"] = Number(attachment["sizeBytes"]);
    },
  ),
  plant("another default", /^POST .*\/cases$/, /^POST .*\/cases languageCode$/, (reply, { request }) => {
    if (reply["languageCode"] === "en" && request["languageCode"] === undefined) reply["languageCode"] = "en-US";
  }),
  plant("a description that comes back changed", new RegExp(`^GET .*${oneCase}$`), / description$/, (reply) => {
    const { description } = reply;
    if (typeof description === "string" && description.startsWith("Test issue of npm run acceptance"))
      reply["description"] = description.replace(/ +$/gm, "");
  }),
  plant(
    "a page in place of JSON",
    /^GET .*\/noSuchCollection$/,
    /noSuchCollection (\(reply\)|header\.content-type)?$/,
    (_reply, passing) => {
      passing.reply = "<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>";
      passing.headers["content-type"] = "text/html; charset=UTF-8";
    },
  ),
  plant(
    "an echo of the credentials",
    /^POST .*\/comments$/,
    /\/comments error\.message$/,
    (reply, { status, authorization }) => {
      if (status === 400) error(reply)["message"] = `Rejected, ${authorization}, see ${signedUrl}`;
    },
  ),
  plant(
    "a signed URL",
    /^POST .*\/attachments$/,
    /\/attachments (uploadUrl|header\.location)$/,
    (reply, { headers }) => {
      reply["uploadUrl"] = signedUrl;
      headers["location"] = signedUrl;
    },
  ),
];

/** Planted by a setting of the cloud: a search finds a new case late. */
export const lag = { name: "a lag", shows: /:search cases/ };

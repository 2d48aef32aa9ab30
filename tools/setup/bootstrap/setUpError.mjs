/** A problem of the machine that the user can fix. It is shown without a stack trace. */
export class SetUpError extends Error {
  /** @override */
  name = "SetUpError";
}

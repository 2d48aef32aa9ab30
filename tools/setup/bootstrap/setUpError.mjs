/** Something about the user's machine that the user can mend: shown as its one sentence, without a stack. */
export class SetUpError extends Error {
  /** @override */
  name = "SetUpError";
}

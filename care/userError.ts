/** An error that a person can fix: only its message is shown. */
export class UserError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UserError";
  }
}

/** The command itself is wrong, independent of the stack and of Google. */
export class UsageError extends UserError {}

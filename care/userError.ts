/** An error that a person can fix: only its message is shown. */
export class UserError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UserError";
  }
}

/** The command is wrong, or its input is invalid: exit code 2. */
export class UsageError extends UserError {}

/** What a person can mend: shown as its message alone. */
export class UserError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UserError";
  }
}

/** The command cannot be carried out as it is written, whatever the stack and Google hold. */
export class UsageError extends UserError {}

/** A request that got no answer, with the text that Go's HTTP client gives it. */
export class NetworkError extends Error {
  /** Whether the provider tries again. */
  readonly temporary: boolean;

  constructor(method: string, url: string, problem: string, temporary: boolean) {
    super(`${method.slice(0, 1)}${method.slice(1).toLowerCase()} "${url}": ${problem}`);
    this.name = "NetworkError";
    this.temporary = temporary;
  }
}

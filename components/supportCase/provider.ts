/**
 * The provider of cases, which are created once, closed once and never lost (docs/explanation/decisions/caseMadeOnce.md). It
 * remembers checked inputs for the following diff, and throws errors without a stack. It does not load Pulumi.
 */
import { NoCredentials } from "../../google/index.ts";
import { sanitized, sectionOf, withSection } from "../../text/index.ts";
import { checkInputs } from "./check.ts";
import type { InputProblem } from "./check.ts";
import { deleteCase } from "./close.ts";
import { updateCase } from "./complete.ts";
import { createCase } from "./create.ts";
import { closedProblem, difference, sentenceOf } from "./diff.ts";
import type { Difference } from "./diff.ts";
import { readCase } from "./find.ts";
import { isAdopted } from "./properties.ts";
import type { MadeCaseInputs, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { dependenciesOf } from "./write.ts";
import type { Config } from "./write.ts";

/** The provider's text, which the engine passes with the properties. */
export interface WithProvider {
  readonly __provider?: unknown;
}

export class CaseProvider {
  /** The config of each check, by its inputs. */
  readonly #configs = new Map<string, { readonly config: Config | undefined }>();
  /** The forms of checked cases in the state, by marker. */
  readonly #formsInState = new Map<string, MadeCaseInputs>();
  /** The errors that are returned to the engine in this turn of the event loop. */
  readonly #reported = new Set<string>();

  async check(
    olds: Partial<SupportCaseInputs>,
    news: SupportCaseInputs,
    config?: Config,
  ): Promise<{ inputs: SupportCaseInputs; failures: InputProblem[] }> {
    return this.#withoutStack(async () => {
      const { inputs, failures } = await checkInputs(olds, news, config, this.#formsInState.values());
      this.#remember(olds, inputs, config);
      return {
        inputs,
        failures: failures.map(({ property, reason }) => ({ property, reason: withErrorLink(reason) })),
      };
    }, true);
  }

  /** @throws Error if the update would change a closed case */
  diff(olds: SupportCaseOutputs, news: SupportCaseInputs): Promise<Difference> {
    return this.#withoutStack(async () => {
      const found = difference(olds, news);
      const checked = found.changes && found.replaces.length === 0 ? this.#configOfChecked(news) : undefined;
      if (checked === undefined) return found;
      const problem = await closedProblem(olds, news, dependenciesOf(checked.config));
      if (problem !== undefined) throw new Error(sentenceOf(problem));
      return found;
    }, true);
  }

  async create(
    inputs: SupportCaseInputs & WithProvider,
    config?: Config,
  ): Promise<{ id: string; outs: SupportCaseOutputs }> {
    return this.#withoutStack(async () => {
      const outs = await createCase(inputs, dependenciesOf(config, inputs.__provider));
      return { id: outs.name, outs };
    });
  }

  /** Returns no ID if the case no longer exists. The engine then removes it from the state. */
  async read(
    id: string,
    properties: SupportCaseOutputs | undefined,
    config?: Config,
  ): Promise<{ id?: string; props?: SupportCaseOutputs }> {
    return this.#withConfigOfState("refresh", async () => {
      if (properties === undefined) throw new Error(`case ${id} has no properties to read it with`);
      const props = await readCase(id, properties, dependenciesOf(config));
      return props === undefined ? {} : { id, props };
    });
  }

  async update(
    id: string,
    olds: SupportCaseOutputs,
    news: SupportCaseInputs & WithProvider,
    config?: Config,
  ): Promise<{ outs: SupportCaseOutputs }> {
    return this.#withoutStack(async () => ({
      outs: await updateCase(id, olds, news, dependenciesOf(config, news.__provider)),
    }));
  }

  async delete(id: string, properties: SupportCaseOutputs, config?: Config): Promise<void> {
    return this.#withConfigOfState("destroy", () => deleteCase(id, properties, dependenciesOf(config)));
  }

  /**
   * Stores the config for the diff, because the engine passes no config to it. In a preview or an update, the engine first calls
   * check with the same inputs in the same process. After a refresh it does not, and such a diff must not fail.
   */
  #remember(olds: Partial<SupportCaseInputs>, inputs: SupportCaseInputs, config: Config | undefined): void {
    if (olds.marker !== undefined && !isAdopted(olds)) this.#formsInState.set(olds.marker, olds as MadeCaseInputs);
    this.#configs.set(canonical(inputs), { config });
  }

  #configOfChecked(inputs: SupportCaseInputs): { readonly config: Config | undefined } | undefined {
    return this.#configs.get(canonical(inputs));
  }

  /**
   * A refresh or a destroy that does not run the program gets the config from the state. It lacks credentials that were set after
   * the last update, and has none for the component package.
   */
  async #withConfigOfState<Result>(operation: "refresh" | "destroy", run: () => Promise<Result>): Promise<Result> {
    return this.#withoutStack(async () => {
      try {
        return await run();
      } catch (error) {
        if (error instanceof NoCredentials)
          error.message += `, or, if the stack's config has credentials, run \`pulumi ${operation} --run-program\``;
        throw error;
      }
    }, true);
  }

  /**
   * Removes the stack trace, which the engine would print, because a failed call is not a bug. Sanitizes the message, because it
   * can contain values from Google.
   *
   * @param isLogged Whether the SDK also writes the error to its log.
   */
  async #withoutStack<Result>(run: () => Promise<Result>, isLogged = false): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      error.stack = "";
      error.message = withErrorLink(error.message);
      if ("reasons" in error) error.reasons = (error.reasons as string[]).map(withErrorLink);
      if (isLogged) this.#reportOnce(error);
      throw error;
    }
  }

  /**
   * The SDK's provider host logs an error of check, diff, read or delete, and also returns it, so the engine would print it twice.
   * This suppresses the logged line.
   *
   * The host logs with `console.error`, so this replaces the function. The host logs before the turn of the event loop ends, so
   * this restores it then.
   *
   * Source: @pulumi/pulumi, cmd/dynamic-provider and provider/server: `` console.error(`${e}: ${e.stack}`) ``
   */
  #reportOnce(error: Error): void {
    const lines = this.#reported;
    const isFirst = lines.size === 0;
    lines.add(`${String(error)}: ${error.stack ?? ""}`);
    if (!isFirst) return;
    const write = console.error;
    const withoutReported = (...parts: readonly unknown[]) => {
      if (parts.length !== 1 || !lines.has(String(parts[0]))) write(...parts);
    };
    console.error = withoutReported;
    setImmediate(() => {
      lines.clear();
      if (console.error === withoutReported) console.error = write;
    });
  }
}

/** Sanitizes a message, and adds a link to its section of the page of errors. */
function withErrorLink(text: string): string {
  return withSection(sanitized(text), sectionOf(text, "testCase"));
}

/** A key for the inputs that does not depend on their order, without the provider's text. */
function canonical(inputs: object): string {
  return JSON.stringify(inputs, (key, value: unknown) => {
    if (key === "__provider") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

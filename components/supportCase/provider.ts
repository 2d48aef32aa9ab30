/**
 * A provider of cases, each created once, closed once and never lost (docs/explanation/decisions/caseMadeOnce.md). What it checks is remembered for
 * the diff that follows, and what it throws is plain. No Pulumi in here.
 */
import { NoCredentials } from "../../google/index.ts";
import { sanitized } from "../../text/index.ts";
import { checkInputs } from "./check.ts";
import type { InputProblem } from "./check.ts";
import { deleteCase } from "./close.ts";
import { updateCase } from "./complete.ts";
import { createCase } from "./create.ts";
import { closedProblem, difference } from "./diff.ts";
import type { Difference } from "./diff.ts";
import { isAdopted } from "./properties.ts";
import type { MadeCaseInputs, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { readCase } from "./read.ts";
import { dependenciesOf } from "./write.ts";
import type { Config } from "./write.ts";

/** What the engine passes besides the properties. */
export interface WithProvider {
  readonly __provider?: unknown;
}

export class CaseProvider {
  /** The configs that inputs were checked with, by those inputs. */
  readonly #configs = new Map<string, { readonly config: Config | undefined }>();
  /** What the cases in the state were made of, by their markers, as far as they were checked. */
  readonly #formsInState = new Map<string, MadeCaseInputs>();
  /** The lines of the log that the engine is answered with in this turn of the event loop. */
  readonly #reported = new Set<string>();

  async check(
    olds: Partial<SupportCaseInputs>,
    news: SupportCaseInputs,
    config?: Config,
  ): Promise<{ inputs: SupportCaseInputs; failures: InputProblem[] }> {
    return this.#plainly(async () => {
      const { inputs, failures } = await checkInputs(olds, news, config, this.#formsInState.values());
      this.#remember(olds, inputs, config);
      return { inputs, failures: failures.map(({ property, reason }) => ({ property, reason: sanitized(reason) })) };
    }, true);
  }

  /** @throws what an update would be refused for, as a closed case takes no change */
  diff(olds: SupportCaseOutputs, news: SupportCaseInputs): Promise<Difference> {
    return this.#plainly(async () => {
      const found = difference(olds, news);
      const checked = found.changes && found.replaces.length === 0 ? this.#configOfChecked(news) : undefined;
      if (checked === undefined) return found;
      const problem = await closedProblem(olds, news, dependenciesOf(checked.config));
      if (problem !== undefined) throw new Error(problem);
      return found;
    }, true);
  }

  async create(
    inputs: SupportCaseInputs & WithProvider,
    config?: Config,
  ): Promise<{ id: string; outs: SupportCaseOutputs }> {
    return this.#plainly(async () => {
      const outs = await createCase(inputs, dependenciesOf(config, inputs.__provider));
      return { id: outs.name, outs };
    });
  }

  /** A case that is gone is answered without an id: the engine takes it out of the state. */
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
    return this.#plainly(async () => ({
      outs: await updateCase(id, olds, news, dependenciesOf(config, news.__provider)),
    }));
  }

  async delete(id: string, properties: SupportCaseOutputs, config?: Config): Promise<void> {
    return this.#withConfigOfState("destroy", () => deleteCase(id, properties, dependenciesOf(config)));
  }

  /**
   * The engine hands a diff no config, and asks for one as well after a refresh, which must not be refused anything. Before a
   * preview or an update it has the same inputs checked first, in the same process.
   */
  #remember(olds: Partial<SupportCaseInputs>, inputs: SupportCaseInputs, config: Config | undefined): void {
    if (olds.marker !== undefined && !isAdopted(olds)) this.#formsInState.set(olds.marker, olds as MadeCaseInputs);
    this.#configs.set(canonical(inputs), { config });
  }

  #configOfChecked(inputs: SupportCaseInputs): { readonly config: Config | undefined } | undefined {
    return this.#configs.get(canonical(inputs));
  }

  /**
   * A refresh or a destroy that does not run the program has what the state holds of the config: a credential that was set since
   * the last update is not there, nor any for the component package.
   */
  async #withConfigOfState<Result>(operation: "refresh" | "destroy", run: () => Promise<Result>): Promise<Result> {
    return this.#plainly(async () => {
      try {
        return await run();
      } catch (error) {
        if (error instanceof NoCredentials)
          error.message += `, or, where the stack's config has one, run \`pulumi ${operation} --run-program\``;
        throw error;
      }
    }, true);
  }

  /**
   * The engine prints the stack of what is thrown: a failed call is no fault of the program, and its message says all. It may quote
   * what Google holds.
   *
   * @param isLogged Whether the SDK also writes the error to its log.
   */
  async #plainly<Result>(run: () => Promise<Result>, isLogged = false): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      error.stack = "";
      error.message = sanitized(error.message);
      if ("reasons" in error) error.reasons = (error.reasons as string[]).map(sanitized);
      if (isLogged) this.#reportOnce(error);
      throw error;
    }
  }

  /**
   * The SDK's host of a provider writes an error of check, diff, read and delete to its log, and also answers the engine with it: the
   * engine would print it twice. The line of the log is left out.
   *
   * The host takes the console of its process, so that nothing else can be replaced. It writes before the turn of the event loop ends:
   * the console is as it was then.
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

/** The same text for the same inputs, in whatever order their keys come, without the provider's text. */
function canonical(inputs: object): string {
  return JSON.stringify(inputs, (key, value: unknown) => {
    if (key === "__provider") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** Reads an engine's log: its events, one JSON line each, with other text between them. */
import { open } from "node:fs/promises";
import { withoutSecrets } from "../../text/index.ts";

interface Event {
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly resOpFailedEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: { readonly severity?: string; readonly message?: string; readonly urn?: string };
  readonly summaryEvent?: { readonly resourceChanges?: Readonly<Record<string, number>> };
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
}

/** The name of a note at its end, as `[alerts-exist]`. Other information is for the log only. */
const noteName = /\[[a-z]+(?:-[a-z]+)+\]$/;

/** The progress, the errors and the warnings of an operation. */
export class Progress {
  /** The number of finished resources, changed or not. */
  done = 0;
  readonly errors: string[] = [];
  /** The warnings and the program's notes. */
  readonly warnings: string[] = [];
  /** The number of resources for each operation, at the end. */
  changes: Readonly<Record<string, number>> = {};
  readonly #log: string;
  #offset = 0;
  #rest = "";
  #reading = Promise.resolve();

  constructor(log: string) {
    this.#log = log;
  }

  /** Reads the new lines. Calls wait for each other, so that no line is read twice. */
  async read(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#readOn());
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const file = await open(this.#log).catch(() => undefined);
    if (file === undefined) return;
    try {
      const buffer = Buffer.alloc(1 << 16);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, this.#offset);
        if (bytesRead === 0) return;
        this.#offset += bytesRead;
        // Latin-1 keeps the bytes intact if a read ends within a character.
        const lines = (this.#rest + buffer.toString("latin1", 0, bytesRead)).split("\n");
        this.#rest = lines.pop() ?? "";
        for (const line of lines) this.#take(Buffer.from(line, "latin1").toString("utf8"));
      }
    } finally {
      await file.close();
    }
  }

  #take(line: string): void {
    const event = eventOf(line);
    if (event === undefined) {
      const [, words] = /^error: (.+)$/.exec(line) ?? [];
      if (words !== undefined) this.errors.push(withoutSecrets(words, "message"));
      // Indented lines belong to the error, such as the owner of a lock.
      else if (/^\s+\S/.test(line) && this.errors.length > 0) this.errors.push(`${this.errors.pop() ?? ""}\n${line}`);
      return;
    }
    if (event.resOutputsEvent ?? event.resOpFailedEvent) this.done++;
    if (event.summaryEvent) this.changes = event.summaryEvent.resourceChanges ?? {};
    const { severity = "", message = "", urn } = event.diagnosticEvent ?? {};
    const text = withoutSecrets(named(message.replace(/<\{%.*?%\}>/g, ""), urn), "message");
    if (severity === "error") this.errors.push(text);
    else if (severity === "warning" || (severity.startsWith("info") && noteName.test(text))) this.warnings.push(text);
  }
}

/** An error with its resource's name, without a stack trace. */
function named(message: string, urn: string | undefined): string {
  const text = message.replace(/^\s+at .*$/gm, "").trim();
  const [, , type = "", ...rest] = urn?.split("::") ?? [];
  const name = rest.join("::");
  return name === "" || type.endsWith("pulumi:pulumi:Stack") || text.includes(name) ? text : `${name}: ${text}`;
}

function eventOf(line: string): Event | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}

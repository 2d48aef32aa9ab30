import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";

/** @type {NodeJS.Signals[]} */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a tool of the setup. It has its own process group, so that all of its processes can be stopped.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, onLine?: (line: string) => void, onOutput?: (text: string) => void }} options
 *   timeout in ms; onLine gets each line of stderr as it comes, onOutput what comes on stdout
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>} a code of null: it could not be started, was
 *   killed, or timed out
 */
export function run(command, args, { cwd, env, timeout, onLine, onOutput } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const release = stopWithParent((signal) => signalGroup(child.pid, signal));
    const timer = timeout === undefined ? undefined : setTimeout(() => signalGroup(child.pid, "SIGTERM"), timeout);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      onOutput?.(text);
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      stderr += `${line}\n`;
      onLine?.(line);
    });
    /** @param {number | null} code */
    const finish = (code) => {
      clearTimeout(timer);
      release();
      resolve({ code, stdout, stderr });
    };
    child.once("error", (error) => {
      stderr += `${error.message}\n`;
      finish(null);
    });
    child.once("close", finish);
  });
}

/**
 * Runs a command in the foreground, with this process's terminal and signals, and returns its exit code.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: "inherit" });
    // A terminal sends Ctrl-C to the child too. A second signal would force it to stop.
    const onTerminal = Boolean(process.stdin.isTTY || process.stderr.isTTY);
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      if (!(signal === "SIGINT" && onTerminal)) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const release = () => signals.forEach((signal) => process.off(signal, pass));
    child.once("error", (error) => {
      release();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      release();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Calls `end` when this process gets a signal to stop or exits.
 *
 * @param {(signal: NodeJS.Signals) => void} end
 * @returns {() => void} to call once there is nothing left to end
 */
function stopWithParent(end) {
  const onExit = () => end("SIGTERM");
  const handlers = signals.map((signal) => {
    const handler = () => {
      end(signal);
      release();
      // No other handler exists, so restore the signal's default effect.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    return /** @type {const} */ ([signal, handler]);
  });
  function release() {
    process.off("exit", onExit);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  }
  process.on("exit", onExit);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return release;
}

/**
 * @param {number | undefined} pid the leader of the group
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The process has already exited.
  }
}

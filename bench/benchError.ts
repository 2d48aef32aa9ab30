/** What ends the benchmark and needs no trace: its message says all. */
export class BenchError extends Error {}

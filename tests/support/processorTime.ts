/** The time that this process has had a processor, in milliseconds. Unlike the clock's, it does not pass while others have it. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

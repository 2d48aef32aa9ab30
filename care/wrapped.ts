/** The width of the text in columns. */
const width = 80;

/**
 * Wraps text between words. A word that is longer than a line gets its own line.
 * @param indent The number of spaces before each line.
 */
export function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= width)
      lines.push(`${lines.pop() ?? ""} ${word}`);
    else lines.push(word);
  }
  return lines;
}

/** What a terminal of this width shows without breaking a word. */
const width = 80;

/**
 * Lines of whole words; a word that is longer than a line has one of its own.
 * @param indent The blanks that stand before each line.
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

/** Text that a person, or whoever controls a server, may write for another person's terminal or CI to obey. */

/** Each by what it does. */
export const hostileTexts: Readonly<Record<string, string>> = {
  "colour (CSI)": "\u001b[31mred\u001b[0m",
  "conceals (CSI)": "\u001b[8mhidden\u001b[28m",
  "erases the line": "all fine\r\u001b[2K",
  "a hyperlink (OSC 8)": "\u001b]8;;https://evil.example\u001b\\https://console.cloud.google.com\u001b]8;;\u001b\\",
  "the clipboard (OSC 52)": "\u001b]52;c;ZXZpbA==\u0007",
  "the title (OSC 0)": "\u001b]0;owned\u0007",
  "one character for CSI (C1)": "\u009b2J\u009d0;owned\u009c",
  "a string for the terminal (DCS)": "\u001bPq#0;2;0;0;0\u001b\\",
  backspaces: "rm -rf /\b\b\b\b\b\b\b\bls",
  "a null, a bell, a delete": "\u0000\u0007\u007f",
  "turned text (bidi)": "\u202egnp.exe\u202c \u2066a\u2069 \u200f\u061c",
  "nothing to be seen (zero-width)": "ad\u200bmin ad\u200dmin ad\u2060min ad\ufeffmin ad\u00admin",
  "tags that nobody sees": "\u{e0065}\u{e0076}\u{e0069}\u{e006c}",
  "blank letters": "\u3164\uffa0\u115f",
  "private use": "\ue000\u{f0000}",
  "lone surrogates": "\ud800 \udfff",
  "other line ends": "a\u2028b\u2029c\u0085d\u000be\u000cf\rg",
  "a workflow command": "fine\n::error file=a.ts::owned",
  "a workflow command at the start": "::set-output name=a::owned",
  "a workflow command after blanks": "fine\n \u00a0\t::add-mask::a",
  "a workflow command with something unseen": "fine\n\u200b::\u2060error::owned",
  "a workflow command of old": "fine ##[error]owned",
  "a command of Azure Pipelines": "##vso[task.setvariable variable=a]owned",
  "a command of GitLab": "section_start:1:a\r\u001b[0Kowned",
  "very long": `${"a\u001b".repeat(1000)}::`,
};

/** Characters that no output may have: a control but the line end, an invisible character, a command of a CI. */
export const obeyed =
  /(?!\n)[\p{Cc}\p{Bidi_Control}\u200b-\u200d\ufeff\u00ad\u2028\u2029\u3164\p{Co}\p{Cs}\u{e0000}-\u{e007f}]|^[^\S\n]*::|##\w*\[/mu;

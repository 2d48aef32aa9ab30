/** The documents of the package, whose links lead to what is in it. */
import { posix } from "node:path";
import { compiled } from "./manifest.ts";

/** Relative to the clone. */
export const documents = ["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "docs"];

/** Those of docs/ that are about the repository. */
export const contributorDocuments = ["docs/architecture.md", "docs/surprises.md"];

/**
 * A document as it stands in the package: a link to a source leads to what is compiled of it, and one to what only the
 * repository has is its text alone. A picture that only the repository has is left out.
 */
export function packedDocument(path: string, text: string, isPacked: (path: string) => boolean): string {
  const isLeftOut = (target: string) => !/^[a-z]+:/.test(target) && !isPacked(posix.join(posix.dirname(path), target));
  const pictured = text.replace(/!\[[^\]]*\]\(([^()\s]+)\)\n*/g, (whole, target: string) =>
    isLeftOut(target) ? "" : whole,
  );
  return pictured.replace(
    /(?<!!)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)/g,
    (whole, label: string, target: string) => {
      const [file = "", anchor] = target.split("#");
      if (file === "" || /^[a-z]+:/.test(file)) return whole;
      const isFolder = file.endsWith("/");
      const place = posix.join(posix.dirname(path), isFolder ? file.slice(0, -1) : compiled(file));
      if (!isPacked(place)) return label;
      const link = isFolder ? file : compiled(file);
      return `[${label}](${anchor === undefined ? link : `${link}#${anchor}`})`;
    },
  );
}

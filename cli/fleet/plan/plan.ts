/** What another engine is told of a fleet: its stacks, and where their program is. */
export interface Plan {
  /** The Pulumi project's name. */
  readonly project: string;
  readonly stacks: readonly string[];
  /** Whether new projects appear without a commit: an engine that waits for one would not see them. */
  readonly looksUpProjects: boolean;
  /** The URL of the git repository. */
  readonly repository: string | undefined;
  readonly branch: string;
  /** The program's folder in it. */
  readonly directory: string;
  /** The organization in Pulumi Cloud. */
  readonly organization: string | undefined;
}

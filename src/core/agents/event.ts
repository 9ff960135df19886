/** An agent's hook payload, whatever agent it came from. */
export interface AgentEvent {
  /** Which agent it is; becomes the origin's tool. */
  readonly agent: string;
  readonly model?: string;
  readonly session?: string;
  /** The agent's own name for this one use of a tool. */
  readonly toolUse?: string;
  readonly moment: 'pre' | 'post';
  /** What relative paths start from, and where a command runs. */
  readonly cwd?: string;
  /** A command line that the agent runs: which files it writes is found by comparing before and after. */
  readonly command?: string;
  readonly writes: readonly FileWrite[];
  /** Why it cannot be told what the tool does, or all of it. */
  readonly unread?: string;
  /** The tool was refused or failed, so nothing was written. */
  readonly isUndone: boolean;
}

/** What an agent says it writes to one file. With neither edits nor content the agent does not say what. */
export interface FileWrite {
  /** As the agent names it: absolute, or from `cwd`; slashes as on the platform of the agent. */
  readonly path: string;
  /** The whole text before, where the agent tells it; empty for a new file. */
  readonly before?: string;
  /** The whole text after. */
  readonly content?: string;
  /** Made one after the other, each on what the one before left. */
  readonly edits?: readonly TextEdit[];
  /** Code that goes somewhere into it, or stands there in another form: a cell of a notebook. */
  readonly part?: string;
  readonly isDeleted?: boolean;
  /** The path that the file had before. */
  readonly movedFrom?: string;
  /** A person changed the agent's proposal before it was written. */
  readonly isUserModified?: boolean;
}

export interface TextEdit {
  readonly oldText: string;
  readonly newText: string;
  /** Every occurrence of the old text is replaced. */
  readonly isForAll?: boolean;
  /** Where the old text starts, from 0; columns in UTF-16 code units. */
  readonly start?: { readonly line: number; readonly column: number };
  /** A line that stands before the old text. */
  readonly behind?: string;
}

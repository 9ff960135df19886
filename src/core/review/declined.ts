/** What a remote answered, when it did not do what it was asked to. */
export interface Declined {
  readonly remote: string;
  readonly why: string;
  /** A record that this clone has under the same name with other content. */
  readonly differing?: string;
}

/** Why not all that a remote has is here. */
export function wordUnfetched({ remote, why, differing }: Declined): string {
  return differing === undefined ? `${remote} was not reached (${why})` : `${remote} has another record under ${differing} than this clone (if it was changed here, git update-ref -d ${differing} makes room for the right one)`;
}

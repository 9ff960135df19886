/** As long as git-lfs reads a text that may be a pointer. */
const longestPointer = 1024;

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, with the addresses of before. */
const lfsPointer = /^\s*version https?:\/\/(?:git-lfs\.github\.com\/spec|hawser\.github\.com\/spec|git-media\.io\/v)\/\S+\s(?:.*\n)*oid \w+:/;

/** Whether a text only says where the file is kept that git puts in its place. */
export function isStoredElsewhere(text: string): boolean {
  return text.length <= longestPointer && lfsPointer.test(text);
}

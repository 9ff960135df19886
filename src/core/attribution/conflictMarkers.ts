/** What git writes around the sides of a conflict, with and without what stood there before, longer where one stands within another; nobody deletes code with these lines. */
const marker = /^(?:[<>|]{7,} .*|={7})(?:\r?\n|$)/gm;
/** What stood there before both sides. */
const base = /^\|{7,} .*\n[^]*?(?=^={7,}\r?$)/gm;

/** Whether a text is one of which git left two versions, one of them at least in part. */
export function isConflict(text: string): boolean {
  return /^(?:<{7,}|>{7,}) /m.test(text);
}

/** What of a text that was removed was somebody's. */
export function withoutConflictMarkers(text: string): string {
  return text.includes('=======') || isConflict(text) ? text.replaceAll(base, '').replaceAll(marker, '') : text;
}

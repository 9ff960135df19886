/** Without what some systems overlook in a file's name: Windows dots and spaces at its end, macOS characters that have no width. A name of nothing else stays. */
export function looseName(name: string): string {
  const loose = name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '').replace(/(?<![. ])[. ]+$/, '');
  return loose === '' ? name : loose;
}

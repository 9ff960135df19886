/** So much behind what is looped over holds the name that each element gets. */
export const longestLoopHead = 80;

/** `for (const each of `, `for _, each := range `, `for (String each : `, `for each in &`. */
const beforeList = /(?<![\p{L}\p{N}_$])\p{N}*([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:\b(?:in|of)\b|:=\s*range\b|=\s*range\b|:)[\s&(]*$/u;
/** `list.forEach((each) =>`, `list.each { |each|`, `list.forEach { each ->`, `$list as $key => $each`. */
const behindList = /^\s*(?:as\s+(?:\$\w+\s*=>\s*)?&?(\$\w+)|(?:\?|\.iter\(\))?\.\s*\w+\s*(?:\((?:\s*async(?=\s))?(?:\s*function(?:\s*\w{1,100})?)?[\s(|&]*|\{\s*|\{\s*\|\s*|do\s*\|\s*)([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::\s*[\w<>[\]]+\s*)?(?:\)|\||,|=>|->))/u;

/**
 * The name that each element of a list gets in a loop over it; undefined where none is written there.
 * @param head from the loop's start to the list
 * @param behind what stands behind the list
 */
export function eachNamed(head: string, behind: string): string | undefined {
  const [, name] = beforeList.exec(head) ?? [];
  const [, php, other] = behindList.exec(behind) ?? [];
  return name ?? php ?? other;
}

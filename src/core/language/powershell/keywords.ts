/** Keywords in lower case, by what follows them. */
export const blockKeywords = /^(?:else|try|finally|do|begin|process|end|dynamicparam|clean|data|parallel|sequence)$/;
export const bracketKeywords = /^(?:if|elseif|while|until|switch|for|foreach|catch|trap)$/;
export const loopKeywords = /^(?:while|for|foreach|do)$/;
export const declarationKeywords = /^(?:function|filter|workflow|class|enum|configuration)$/;

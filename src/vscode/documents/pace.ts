import type { Pace } from '../../core/language/pace.ts';

const sliceMs = 4;

/** Work on the thread that all extensions share: between two slices the editor's messages get their turn. */
export function editorPace(): Pace {
  let end = performance.now() + sliceMs;
  return {
    isOver: () => performance.now() >= end,
    next: () =>
      new Promise((resolve) => {
        setTimeout(() => {
          end = performance.now() + sliceMs;
          resolve();
        }, 0);
      }),
  };
}

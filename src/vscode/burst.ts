export interface Burst<T> {
  readonly add: (item: T) => void;
  readonly dispose: () => void;
}

/**
 * Collects what comes in quick succession, and hands it over once, outside of the event that brought it: what shows
 * findings costs a keystroke nothing.
 */
export function collectBurst<T>(delayMs: number, handle: (items: ReadonlySet<T>) => void): Burst<T> {
  let items = new Set<T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const collected = items;
    items = new Set();
    handle(collected);
  };
  return {
    add(item) {
      items.add(item);
      timer ??= setTimeout(flush, delayMs);
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}

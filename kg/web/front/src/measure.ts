/** How wide an element is drawn. */

import { useLayoutEffect, useState } from "preact/hooks";

/** The width in pixels, told again when it changes; 0 before it was drawn. */
export function useWidth(root: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return width;
}

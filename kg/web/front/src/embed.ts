/** The explorer inside something else: a file, a notebook, a page of your own. */

import { hashAddress, memoryAddress } from "./address";
import { show } from "./app";
import { type Embedded, EmbeddedSource } from "./embedded";
import { type Look, State } from "./state";

export interface MountOptions {
  /** What to show first; the whole graph of the data where nothing is said. */
  look?: Partial<Look>;
  /** Keep the look behind the page's hash, so that Back and links work. */
  hash?: boolean;
  /** Light, dark, or as the reader's system says. */
  theme?: "light" | "dark" | "system";
  /** Without the top bar's title; for a small frame. */
  compact?: boolean;
}

/** Draw `data` inside `element`; returns what takes it away again. */
export function mount(element: HTMLElement, data: Embedded, options: MountOptions = {}): () => void {
  const look = { ...data.look, ...options.look };
  const address = options.hash ? hashAddress(look) : memoryAddress(look);
  return show(element, new State(new EmbeddedSource(data), address), options);
}

/** The explorer: a bar, a view, and what is said to everybody. */

import { render } from "preact";
import type { State } from "./state";

export interface ShowOptions {
  theme?: "light" | "dark" | "system";
  compact?: boolean;
}

/** Draw the explorer in an element; returns what takes it away again. */
export function show(root: HTMLElement, state: State, _options: ShowOptions = {}): () => void {
  render(<main class="kg-main">{state.look.value.view}</main>, root);
  return () => render(null, root);
}

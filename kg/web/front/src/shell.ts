/** What the explorer's own parts share, beside the state that every view gets. */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Shown } from "./graph/shown";
import type { Theme } from "./graph/theme";
import type { Source } from "./source";
import type { State } from "./state";

export type Tab = "details" | "filters" | "list";

export interface Shell {
  source: Source;
  state: State;
  shown: Shown;
  theme: ReadonlySignal<Theme>;
  panel: Panel;
  /** A small frame in a notebook or a page of somebody's. */
  compact: boolean;
  /** Where it is drawn. */
  root: HTMLElement;
  /** Grows when the help is asked for. */
  helped: Signal<number>;
}

/** Below this width of the frame the panel is a sheet at the foot; the style sheets say the same. */
export const SMALL = 760;

/** Hear keys pressed anywhere on the page, or in a notebook, whose keys are not ours, inside the frame. */
export function onKeys({ root, compact }: Shell, pressed: (event: KeyboardEvent) => void): () => void {
  const where: EventTarget = compact ? root : document;
  const told = (event: Event): void => {
    const target = event.target as HTMLElement;
    if (!target.closest("input, textarea, select, [contenteditable], .CodeMirror")) pressed(event as KeyboardEvent);
  };
  where.addEventListener("keydown", told);
  return () => where.removeEventListener("keydown", told);
}

/** The side panel; on a narrow screen a sheet at the foot, which is small, half or whole. */
export class Panel {
  readonly tab: Signal<Tab> = signal("details");
  readonly open: Signal<boolean> = signal(true);
  /** Grows when the panel asks for the keyboard. */
  readonly called: Signal<number> = signal(0);

  show(tab: Tab): void {
    this.tab.value = tab;
    this.open.value = true;
    this.called.value += 1;
  }
}

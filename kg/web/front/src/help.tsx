/** What the keyboard does. */

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { KEYS } from "./graph/keys";
import { Icon } from "./icons";

const asked = signal(0);

export const openHelp = (): void => void (asked.value += 1);

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asked.value) dialog.current?.showModal();
  }, [asked.value]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.key === "?" && !target.closest("input, textarea, select, [contenteditable], .CodeMirror")) openHelp();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  return (
    <dialog ref={dialog} class="kg-help" aria-labelledby="kg-help-title">
      <div class="kg-help-head">
        <h2 id="kg-help-title">By keyboard</h2>
        <button type="button" class="kg-tool" aria-label="Close" onClick={() => dialog.current?.close()}><Icon name="close" /></button>
      </div>
      <dl>
        {KEYS.map(([key, does]) => (
          <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>
        ))}
      </dl>
      <p class="kg-muted">Letters and arrows work while the graph has the focus. With the mouse: click to choose, double-click to expand, drag to move and pin.</p>
    </dialog>
  );
}

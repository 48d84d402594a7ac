/** What the keyboard does. */

import { useEffect, useId, useRef } from "preact/hooks";
import { KEYS } from "./graph/keys";
import { Icon } from "./icons";
import { onKeys, type Shell } from "./shell";

export function Help({ shell }: { shell: Shell }) {
  const { helped } = shell;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helped.value) dialog.current?.showModal();
  }, [helped.value]);
  useEffect(() => onKeys(shell, (event) => {
    if (event.key === "?") helped.value += 1;
  }), []);
  return (
    <dialog ref={dialog} class="kg-help" aria-labelledby={id}>
      <div class="kg-help-head">
        <h2 id={id}>By keyboard</h2>
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

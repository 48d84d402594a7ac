/** A message at the foot of the page, for a while, with at most one thing to do about it. */

import { useEffect } from "preact/hooks";
import { Icon } from "./icons";
import type { State } from "./state";

const STAYS = 12_000; // milliseconds

export function Toast({ state }: { state: State }) {
  const toast = state.toast.value;
  useEffect(() => {
    if (!toast) return;
    const waiting = setTimeout(() => {
      if (state.toast.value === toast) state.toast.value = null;
    }, STAYS);
    return () => clearTimeout(waiting);
  }, [toast]);
  return (
    <div class="kg-toasts" role={toast?.wrong ? "alert" : "status"}>
      {toast ? (
        <div class={`kg-toast ${toast.wrong ? "kg-toast-wrong" : ""}`}>
          <span>{toast.message}</span>
          {toast.action ? <button type="button" onClick={toast.action.act}>{toast.action.label}</button> : null}
          <button type="button" aria-label="Close the message" onClick={() => (state.toast.value = null)}><Icon name="close" /></button>
        </div>
      ) : null}
    </div>
  );
}

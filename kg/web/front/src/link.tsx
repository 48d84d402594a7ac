/** A link to another look: a real address to copy or open elsewhere, and a step of this page when simply clicked. */

import type { ComponentChildren } from "preact";
import type { Look, State } from "./state";

interface LinkProps {
  state: State;
  to: Partial<Look>;
  class?: string;
  label?: string;
  children: ComponentChildren;
}

export function Link({ state, to, class: name, label, children }: LinkProps) {
  const href = state.href(to);
  const step = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    state.go(to);
  };
  if (href === null) {
    return <button type="button" class={`kg-link ${name ?? ""}`} aria-label={label} onClick={step}>{children}</button>;
  }
  return <a href={href} class={name} aria-label={label} onClick={step}>{children}</a>;
}

/** An address elsewhere, if it is one that a browser may follow; `javascript:` and its like never become links. */
export function outside(address: string): string | null {
  try {
    const { protocol, href } = new URL(address);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}

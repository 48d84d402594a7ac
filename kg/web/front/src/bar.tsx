/** The bar at the head: the space's name, search, the views, the theme. */

import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons";
import { Link } from "./link";
import { Search } from "./search";
import type { Shell } from "./shell";
import type { ViewName } from "./source";
import { NOWHERE } from "./state";

const LABELS: Record<ViewName, string> = {
  graph: "Graph", map: "Map", timeline: "Timeline", documents: "Documents", sparql: "SPARQL", review: "Review",
};

export function Bar({ shell, turn }: { shell: Shell; turn: () => void }) {
  const { state, theme, source } = shell;
  const { view } = state.look.value;
  const dark = theme.value.dark;
  const views = state.space.value ? source.views : [];
  const nav = useRef<HTMLElement>(null);
  // Where not all views have room, the one that is looked at is in sight.
  useEffect(() => nav.current?.querySelector(".kg-nav-now")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [view, views.length]);
  return (
    <header class="kg-bar">
      {shell.compact ? null : (
        <h1 class="kg-brand-head">
          <Link state={state} to={NOWHERE} class="kg-brand"><Mark /><span>{state.space.value?.name ?? "kg"}</span></Link>
        </h1>
      )}
      <Search shell={shell} />
      {views.length > 1 ? (
        <nav ref={nav} class="kg-nav" aria-label="Views">
          {views.map((name) => (
            <Link state={state} to={{ view: name, ...(name === "documents" ? { document: null, statement: null } : {}) }} class={`kg-nav-link ${name === view ? "kg-nav-now" : ""}`}>
              {name === view ? <span aria-current="page">{LABELS[name]}</span> : LABELS[name]}
            </Link>
          ))}
        </nav>
      ) : null}
      <div class="kg-bar-end">
        <button type="button" class="kg-tool" aria-label="Keyboard help" title="Keyboard help" onClick={() => (shell.helped.value += 1)}><Icon name="help" /></button>
        <button
          type="button" class="kg-tool" aria-label={dark ? "Light theme" : "Dark theme"} title={dark ? "Light theme" : "Dark theme"}
          onClick={turn}
        ><Icon name={dark ? "sun" : "moon"} /></button>
      </div>
    </header>
  );
}

function Mark() {
  return (
    <svg class="kg-mark" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <path class="kg-mark-line" d="M9 9 23 13M9 9l5 14m0 0 9-10" />
      <circle class="kg-kind-Person" cx="9" cy="9" r="5" />
      <path class="kg-kind-Place" d="m23 6.500 6.500 6.500-6.500 6.500-6.500-6.500z" />
      <path class="kg-kind-Organisation" d="M9 18h10v10H9z" />
    </svg>
  );
}

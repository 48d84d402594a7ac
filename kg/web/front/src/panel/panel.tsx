/** The side panel: details of what is chosen, the filters, and the picture as a list. */

import { useSignalEffect } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { holdsBack } from "../filters";
import { Icon } from "../icons";
import type { Shell, Tab } from "../shell";
import { Card } from "./card";
import { Evidence } from "./evidence";
import { Filters } from "./filters";
import { List } from "./list";
import { Overview } from "./overview";
import { PathSteps } from "./path";

const TABS: [Tab, string][] = [["details", "Details"], ["filters", "Filters"], ["list", "List"]];

export function SidePanel({ shell }: { shell: Shell }) {
  const { panel, state } = shell;
  const tab = panel.tab.value;
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  useFollowing(shell, body);
  const held = holdsBack(state.filters.value);
  return (
    <aside class={`kg-panel ${panel.open.value ? "kg-panel-open" : ""}`} aria-label="Details, filters and list">
      <button
        type="button" class="kg-grip" aria-expanded={panel.open.value}
        aria-label={panel.open.value ? "Make the panel small" : "Open the panel"}
        onClick={() => (panel.open.value = !panel.open.value)}
      ><Icon name={panel.open.value ? "down" : "up"} /></button>
      <div class="kg-tabs" role="tablist" aria-label="Panel" onKeyDown={(event) => turn(event, shell)}>
        {TABS.map(([name, label]) => (
          <button
            type="button" role="tab" id={`${id}-${name}`} class="kg-tab" aria-selected={tab === name}
            aria-controls={`${id}-body`} tabIndex={tab === name ? 0 : -1}
            onClick={() => {
              panel.tab.value = name;
              panel.open.value = true;
            }}
          >
            {label}
            {name === "filters" && held ? <span class="kg-count"><span class="kg-hidden">, set: </span>{held}</span> : null}
          </button>
        ))}
      </div>
      <div ref={body} id={`${id}-body`} class="kg-panel-body" role="tabpanel" aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        {tab === "details" ? <Details shell={shell} /> : tab === "filters" ? <Filters shell={shell} /> : <List shell={shell} />}
      </div>
    </aside>
  );
}

function Details({ shell }: { shell: Shell }) {
  const { why, focus, path } = shell.state.look.value;
  if (why) return <Evidence shell={shell} why={why} />;
  if (focus) return <Card shell={shell} id={focus} />;
  if (path) return <PathSteps shell={shell} />;
  return <Overview shell={shell} />;
}

/** What is chosen comes to the fore, and the panel takes the keyboard when it is asked to. */
function useFollowing({ panel, state }: Shell, body: { current: HTMLDivElement | null }): void {
  const last = useRef("");
  useSignalEffect(() => {
    const { why, focus, path } = state.look.value;
    const chosen = `${why} ${focus} ${path}`;
    if (chosen === last.current) return;
    last.current = chosen;
    if (why || focus || path) {
      panel.tab.value = "details";
      if (why || path) panel.open.value = true;
    }
    body.current?.scrollTo({ top: 0 });
  });
  useSignalEffect(() => {
    if (panel.called.value) body.current?.focus({ preventScroll: true });
  });
}

function turn(event: KeyboardEvent, { panel }: Shell): void {
  const place = TABS.findIndex(([name]) => name === panel.tab.value);
  const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: TABS.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  panel.tab.value = TABS[(next + TABS.length) % TABS.length]![0];
  const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=tab]");
  requestAnimationFrame(() => [...tabs].find((one) => one.getAttribute("aria-selected") === "true")?.focus());
}

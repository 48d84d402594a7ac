/** The explorer: a bar, a view, the panel beside it, and what is said to everybody. */

import { computed, type ReadonlySignal, signal, useSignalEffect } from "@preact/signals";
import { type ComponentType, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Bar } from "./bar";
import { Shown } from "./graph/shown";
import { DARK, LIGHT, type Theme } from "./graph/theme";
import { GraphView } from "./graph/view";
import { Help } from "./help";
import { SidePanel } from "./panel/panel";
import { Panel, type Shell, SMALL } from "./shell";
import { SourceError, type ViewName } from "./source";
import type { State } from "./state";
import { Toast } from "./toast";
import type { ViewProps } from "./views/props";

export interface ShowOptions {
  theme?: "light" | "dark" | "system";
  compact?: boolean;
}

type Views = Partial<Record<ViewName, () => Promise<{ default: ComponentType<ViewProps> }>>>;

// A view arrives when it is first shown. A file and a notebook carry only those that they can answer.
const VIEWS: Views = {
  map: () => import("./views/map"),
  timeline: () => import("./views/timeline"),
  ...(__EMBEDDED__
    ? {}
    : {
        documents: () => import("./views/document"),
        sparql: () => import("./views/sparql"),
        review: () => import("./views/review"),
      }),
};

/** Views beside which the graph's panel stands. */
const WITH_PANEL: readonly ViewName[] = ["graph", "map", "timeline"];

/** Draw the explorer in an element; returns what takes it away again. */
export function show(root: HTMLElement, state: State, options: ShowOptions = {}): () => void {
  const chosen = signal(options.theme ?? kept());
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const system = signal(dark.matches);
  const changed = (): void => void (system.value = dark.matches);
  dark.addEventListener("change", changed);
  const theme: ReadonlySignal<Theme> = computed(() => {
    const isDark = chosen.value === "system" ? system.value : chosen.value === "dark";
    return isDark ? DARK : LIGHT;
  });
  const graphVisible = computed(() => state.look.value.view === "graph");
  const shell: Shell = {
    source: state.source, state, shown: new Shown(state, graphVisible, root.clientWidth < SMALL), theme, panel: new Panel(),
    compact: options.compact ?? false, root, helped: signal(0),
  };
  if (root.clientWidth < SMALL) shell.panel.open.value = false;
  const turn = (): void => {
    chosen.value = theme.value.dark ? "light" : "dark";
    keep(chosen.value);
  };
  render(<App shell={shell} root={root} turn={turn} />, root);
  return () => {
    dark.removeEventListener("change", changed);
    render(null, root);
  };
}

function App({ shell, root, turn }: { shell: Shell; root: HTMLElement; turn: () => void }) {
  const { state, theme } = shell;
  const [problem, setProblem] = useState<string | null>(null);
  useSignalEffect(() => {
    root.classList.toggle("kg-dark", theme.value.dark);
    root.classList.toggle("kg-light", !theme.value.dark);
    root.classList.toggle("kg-compact", shell.compact);
  });
  useEffect(() => {
    state.source.space().then(
      (space) => (state.space.value = space),
      (cause: unknown) => {
        if (!(cause instanceof SourceError)) throw cause;
        setProblem(cause.message);
      },
    );
  }, []);
  useTitle(shell);
  const { view } = state.look.value;
  const space = state.space.value;
  const Main = shell.compact ? "div" : "main"; // A frame in somebody's page is not that page's main part.
  return (
    <>
      {shell.compact ? null : <Skip view={view} />}
      <Bar shell={shell} turn={turn} />
      <Main id={shell.compact ? undefined : "kg-main"} tabIndex={-1} class={`kg-main kg-main-${view} ${WITH_PANEL.includes(view) ? "kg-with-panel" : ""}`} onKeyDown={(event) => closing(event, shell)}>
        {problem ? <p class="kg-notice kg-notice-wrong" role="alert">{problem}</p> : null}
        {space ? <View shell={shell} view={view} /> : problem ? null : <p class="kg-empty">Opening…</p>}
        {space && WITH_PANEL.includes(view) ? <SidePanel shell={shell} /> : null}
      </Main>
      <Toast state={state} />
      <Help shell={shell} />
      <p class="kg-hidden" role="status" aria-live="polite">{state.said.value}</p>
    </>
  );
}

function View({ shell, view }: { shell: Shell; view: ViewName }) {
  const { state, source } = shell;
  const [loaded, setLoaded] = useState<{ view: ViewName; Part: ComponentType<ViewProps> } | null>(null);
  useEffect(() => {
    const load = VIEWS[view];
    if (!load) return;
    let stale = false;
    void load().then((module) => {
      if (!stale) setLoaded({ view, Part: module.default });
    });
    return () => {
      stale = true;
    };
  }, [view]);
  if (view === "graph") return <GraphView shell={shell} />;
  if (!VIEWS[view]) return <p class="kg-empty">This page does not carry that view. Open the space with kg serve.</p>;
  if (loaded?.view !== view) return <p class="kg-empty">Opening…</p>;
  const { Part } = loaded;
  return <div class={`kg-view kg-view-${view}`}><Part source={source} state={state} /></div>;
}

/** Past the bar. The address keeps the look, so this does not go there but moves the keyboard alone. */
function Skip({ view }: { view: ViewName }) {
  const skip = (event: MouseEvent): void => {
    event.preventDefault();
    (document.getElementById("kg-graph") ?? document.getElementById("kg-main"))?.focus();
  };
  return <a class="kg-skip" href="#kg-main" onClick={skip}>Skip to the {view}</a>;
}

/** Escape closes what was opened last. */
function closing(event: KeyboardEvent, { state, shown, panel }: Shell): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const { why, focus, path } = state.look.value;
  if (shown.pathFrom.value) shown.pathFrom.value = null;
  else if (why) state.go({ why: null });
  else if (focus) state.go({ focus: null });
  else if (path) state.go({ path: null });
  else panel.open.value = false;
}

function useTitle({ state, shown, compact }: Shell): void {
  useSignalEffect(() => {
    const space = state.space.value;
    if (!space || compact) return;
    const { focus, view } = state.look.value;
    const name = state.subject.value ?? (focus ? shown.nodes.value.get(focus)?.name : undefined);
    document.title = [name, view === "graph" || state.subject.value ? null : view, space.name].filter(Boolean).join(" · ");
  });
}

const KEPT = "kg-theme";

function kept(): "light" | "dark" | "system" {
  try {
    const value = localStorage.getItem(KEPT);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system"; // A file or a sandbox without storage of its own.
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // It lasts as long as the page.
  }
}

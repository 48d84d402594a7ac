/** The ways between two things, step by step. */

import { Icon } from "../icons";
import { Standings, TypeIcon } from "../parts";
import type { Shell } from "../shell";
import type { Edge } from "../source";

export function PathSteps({ shell }: { shell: Shell }) {
  const { shown, state } = shell;
  const [from, to] = state.look.value.path!;
  const name = (id: string): string => shown.nodes.value.get(id)?.name ?? id;
  const ways = waysOf(shown.paths.value, shown.edges.value, from);
  return (
    <article class="kg-path" aria-label="Path">
      <button type="button" class="kg-back" onClick={() => state.go({ path: null })}><Icon name="close" /> Close the path</button>
      <p class="kg-kicker">Path</p>
      <h2>{name(from)} <span class="kg-muted">to</span> {name(to)}</h2>
      {ways.length ? null : (
        <p>{shown.busy.value ? "Looking…" : "No path of six facts or fewer joins them."}</p>
      )}
      {ways.slice(0, 5).map((way, place) => (
        <>
          {ways.length > 1 ? <h3>Way {place + 1}</h3> : null}
          <ol class="kg-steps">
            <li class="kg-step"><Thing shell={shell} id={from} /></li>
            {way.map((step) => <StepRow shell={shell} step={step} />)}
          </ol>
        </>
      ))}
    </article>
  );
}

/** From one thing to the next, by any of the facts that join them. */
interface Step {
  to: string;
  facts: { edge: Edge; forward: boolean }[];
}

/** Paths over the same things are one way: what is said twice of two things is two facts of one step. */
export function waysOf(paths: string[][], edges: ReadonlyMap<string, Edge>, from: string): Step[][] {
  const ways = new Map<string, Step[]>();
  for (const path of paths) {
    let at = from;
    const steps = path.flatMap((id): Step[] => {
      const edge = edges.get(id);
      if (!edge?.target) return [];
      const forward = edge.source === at;
      at = forward ? edge.target : edge.source;
      return [{ to: at, facts: [{ edge, forward }] }];
    });
    const key = steps.map((step) => step.to).join(" ");
    const same = ways.get(key);
    if (!same) ways.set(key, steps);
    else {
      steps.forEach((step, place) => {
        const { facts } = same[place]!;
        for (const fact of step.facts) if (!facts.some(({ edge }) => edge.id === fact.edge.id)) facts.push(fact);
      });
    }
  }
  return [...ways.values()];
}

function StepRow({ shell, step }: { shell: Shell; step: Step }) {
  return (
    <li class="kg-step">
      {step.facts.map(({ edge, forward }) => (
        <button type="button" class="kg-step-how" onClick={() => shell.state.go({ why: edge.id })}>
          <span aria-hidden="true">{forward ? "↓" : "↑"}</span> {edge.label}
          {forward ? null : <span class="kg-hidden"> (said of the next)</span>}
          <Standings edge={edge} />
          {edge.inferred ? <span class="kg-badge">inferred</span> : null}
          <span class="kg-why">why?</span>
        </button>
      ))}
      <Thing shell={shell} id={step.to} />
    </li>
  );
}

function Thing({ shell, id }: { shell: Shell; id: string }) {
  const node = shell.shown.nodes.value.get(id);
  if (!node) return null;
  return (
    <button type="button" class="kg-row" onClick={() => shell.shown.open(node.id)}>
      <TypeIcon type={node.type} types={shell.state.space.value?.types} />
      <span class="kg-row-name">{node.name}</span>
    </button>
  );
}

/** The ways between two things, step by step. */

import { Icon } from "../icons";
import { lineOf } from "../kinds";
import { Modality, TypeIcon } from "../parts";
import type { Shell } from "../shell";
import type { Entity } from "../source";

export function PathSteps({ shell }: { shell: Shell }) {
  const { shown, state } = shell;
  const [from, to] = state.look.value.path!;
  const name = (id: string): string => shown.nodes.value.get(id)?.name ?? id;
  const paths = shown.paths.value;
  return (
    <article class="kg-path" aria-label="Path">
      <button type="button" class="kg-back" onClick={() => state.go({ path: null })}><Icon name="close" /> Close the path</button>
      <p class="kg-kicker">Path</p>
      <h2>{name(from)} <span class="kg-muted">to</span> {name(to)}</h2>
      {paths.length ? null : (
        <p>{shown.busy.value ? "Looking…" : "No path of six facts or fewer joins them."}</p>
      )}
      {paths.slice(0, 5).map((path, place) => (
        <>
          {paths.length > 1 ? <h3>Way {place + 1}</h3> : null}
          <ol class="kg-steps"><Steps shell={shell} path={path} from={from} /></ol>
        </>
      ))}
    </article>
  );
}

function Steps({ shell, path, from }: { shell: Shell; path: string[]; from: string }) {
  const { shown, state } = shell;
  let at = from;
  const start = shown.nodes.value.get(from);
  const steps = path.flatMap((id) => {
    const edge = shown.edges.value.get(id);
    if (!edge?.target) return [];
    const forward = edge.source === at;
    at = forward ? edge.target : edge.source;
    const node = shown.nodes.value.get(at);
    const line = lineOf(edge);
    return [
      <li class="kg-step">
        <button type="button" class="kg-step-how" onClick={() => state.go({ why: id })}>
          <span aria-hidden="true">{forward ? "↓" : "↑"}</span> {edge.label}
          {forward ? null : <span class="kg-hidden"> (said of the next)</span>}
          <span class="kg-why">why?</span>
        </button>
        {line === "asserted" ? null : <Modality name={line} />}
        {node ? <Thing shell={shell} node={node} /> : null}
      </li>,
    ];
  });
  return <>{start ? <li class="kg-step"><Thing shell={shell} node={start} /></li> : null}{steps}</>;
}

function Thing({ shell, node }: { shell: Shell; node: Entity }) {
  return (
    <button type="button" class="kg-row" onClick={() => shell.shown.open(node.id)}>
      <TypeIcon type={node.type} types={shell.state.space.value?.types} />
      <span class="kg-row-name">{node.name}</span>
    </button>
  );
}

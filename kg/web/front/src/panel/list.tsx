/** The picture as words: every thing drawn and every fact, for reading, for the keyboard and for a screen reader. */

import { useSignal } from "@preact/signals";
import { isPlain, standingsOf } from "../kinds";
import { connected, count, number, TypeIcon } from "../parts";
import type { Shell } from "../shell";

const STEP = 200; // rows at once

export function List({ shell }: { shell: Shell }) {
  const { shown, state } = shell;
  const rows = useSignal(STEP);
  const nodes = [...shown.nodes.value.values()].sort((one, other) => other.degree - one.degree || (one.name < other.name ? -1 : 1));
  const edges = [...shown.edges.value.values()];
  const name = (id: string | null): string => (id ? (shown.nodes.value.get(id)?.name ?? id) : "");
  const { focus, why } = state.look.value;
  return (
    <div class="kg-list">
      <h2>What is drawn</h2>
      <h3>{count(nodes.length, "thing")}, <span class="kg-muted">each with how many others it is connected with</span></h3>
      <ul class="kg-names">
        {nodes.slice(0, rows.value).map((node) => (
          <li>
            <button type="button" class="kg-row" aria-current={focus === node.id} onClick={() => state.go({ focus: node.id, why: null })}>
              <TypeIcon type={node.type} types={state.space.value?.types} label />
              <span class="kg-row-name">{node.name}</span>
              <span class="kg-muted" title={connected(node.degree)}>{number(node.degree)}</span>
            </button>
          </li>
        ))}
      </ul>
      <h3>{count(edges.length, "fact")}</h3>
      <ul class="kg-names">
        {edges.slice(0, rows.value).map((edge) => (
          <li>
            <button type="button" class="kg-row" aria-current={why === edge.id} onClick={() => state.go({ why: edge.id })}>
              <span class="kg-row-name">
                {name(edge.source)} <span class="kg-muted">{edge.label}</span> {name(edge.target)}
                {isPlain(edge) ? null : <span class="kg-muted"> ({standingsOf(edge).join(", ")})</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {Math.max(nodes.length, edges.length) > rows.value ? (
        <button type="button" class="kg-more" onClick={() => (rows.value += STEP)}>Show more</button>
      ) : null}
    </div>
  );
}

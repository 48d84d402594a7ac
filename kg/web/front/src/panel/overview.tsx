/** What the space is, where nothing is chosen. */

import { count, number, TypeIcon } from "../parts";
import type { Shell } from "../shell";

export function Overview({ shell }: { shell: Shell }) {
  const { state, shown } = shell;
  const space = state.space.value;
  if (!space) return null;
  const { documents, entities, facts, statements } = space.counts;
  const busiest = [...shown.nodes.value.values()].sort((one, other) => other.degree - one.degree).slice(0, 8);
  return (
    <div class="kg-overview">
      <h2>{space.name}</h2>
      <p class="kg-lead">
        {count(facts, "fact")} about {count(entities, "thing")}, in {count(statements, "statement")} of {count(documents, "document")}.
        Choose a thing to see what is said of it, or a line to read the sentence that says so.
      </p>
      <ul class="kg-types">
        {space.types.filter((type) => type.count && !type.parent).sort((one, other) => other.count - one.count).map((type) => (
          <li>
            <button type="button" class="kg-type" onClick={() => state.go({ type: [type.name] })}>
              <TypeIcon type={type.name} types={space.types} />
              <span>{type.label}</span>
              <span class="kg-muted">{number(type.count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {busiest.length ? (
        <>
          <h3>Most connected here</h3>
          <ul class="kg-names">
            {busiest.map((node) => (
              <li>
                <button type="button" class="kg-row" onClick={() => shown.open(node.id)}>
                  <TypeIcon type={node.type} types={space.types} />
                  <span class="kg-row-name">{node.name}</span>
                  <span class="kg-muted">{number(node.degree)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

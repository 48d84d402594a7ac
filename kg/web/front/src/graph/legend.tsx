/** What shapes and lines mean, for those that are in the picture; a shape is also a filter. */

import { useSignal } from "@preact/signals";
import { Icon } from "../icons";
import { kindOf, LINES, standingsOf } from "../kinds";
import { LineSample, TypeIcon } from "../parts";
import { type Shell, SMALL } from "../shell";

export function Legend({ shell }: { shell: Shell }) {
  const open = useSignal(shell.root.clientWidth >= SMALL);
  const { state, shown } = shell;
  const types = state.space.value?.types ?? [];
  const kinds = new Map<string, string>();
  for (const node of shown.nodes.value.values()) {
    const kind = kindOf(node.type, types);
    kinds.set(kind.name, kind.name === "other" ? node.type : kind.name);
  }
  const lines = new Set([...shown.edges.value.values()].flatMap(standingsOf));
  if (!kinds.size) return null;
  return (
    <div class={`kg-legend ${open.value ? "kg-legend-open" : ""}`}>
      <button
        type="button" class="kg-legend-button" aria-expanded={open.value} onClick={() => (open.value = !open.value)}
      >Legend <Icon name={open.value ? "left" : "right"} /></button>
      {open.value ? (
        <ul>
          {[...kinds].sort().map(([name, type]) => (
            <li><TypeIcon type={type} types={types} /> {name === "other" ? "Other" : name}</li>
          ))}
          {LINES.filter((line) => lines.has(line)).map((line) => (
            <li><LineSample line={line} /> {line}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

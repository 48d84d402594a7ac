/** The places as a list: what the map shows, for the keyboard and for those who do not see it. */

import { useMemo, useState } from "preact/hooks";
import { folded } from "../match";
import type { MapScene } from "../source";
import type { State } from "../state";
import { EntityLink } from "../views/shared";

export interface PlaceListProps {
  scene: MapScene;
  chosen: ReadonlySet<string>;
  choose(ids: string[], more: boolean): void;
  state: State;
}

type Place = MapScene["places"][number];
type Thing = MapScene["things"][number];

const PAGE = 100;

export function PlaceList({ scene, chosen, choose, state }: PlaceListProps) {
  const [wanted, setWanted] = useState("");
  const [shown, setShown] = useState(PAGE);
  const there = useMemo(() => byPlace(scene.things), [scene]);
  const found = useMemo(() => ranked(scene.places, wanted), [scene, wanted]);
  return (
    <>
      <label class="kg-field">
        <span>Find a place</span>
        <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <ul class="kg-rows" role="list">
        {found.slice(0, shown).map((place) => (
          <li key={place.id} class="kg-place">
            <label class="kg-check">
              <input type="checkbox" checked={chosen.has(place.id)} onChange={() => choose([place.id], true)} />
              <span class="kg-place-name">{place.name}</span>
              {place.things ? <span class="kg-number">{place.things}<span class="kg-hidden"> things</span></span> : null}
            </label>
            {chosen.has(place.id) && <Things place={place} things={there.get(place.id) ?? []} state={state} />}
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" class="kg-button" onClick={() => setShown(shown + PAGE)}>
          Show more ({found.length - shown} left)
        </button>
      )}
      {found.length === 0 && <p class="kg-empty">No place has that in its name.</p>}
    </>
  );
}

function Things({ place, things, state }: { place: Place; things: Thing[]; state: State }) {
  return (
    <ul class="kg-things" aria-label={`At ${place.name}`}>
      <li><EntityLink state={state} id={place.id} name="The place itself" type="Place" to={{ focus: place.id, why: null }} /></li>
      {things.slice(0, PAGE).map((thing) => (
        <li key={thing.edge}>
          <EntityLink
            state={state} id={thing.entity} name={thing.name} type={thing.type} to={{ focus: thing.entity, why: null }}
          />
          <span class="kg-muted"> {thing.label}</span>
        </li>
      ))}
      {things.length > PAGE && <li class="kg-muted">and {things.length - PAGE} more: show them in the graph.</li>}
    </ul>
  );
}

function byPlace(things: Thing[]): Map<string, Thing[]> {
  const found = new Map<string, Thing[]>();
  for (const thing of things) {
    const there = found.get(thing.place);
    if (there) there.push(thing);
    else found.set(thing.place, [thing]);
  }
  return found;
}

function ranked(places: Place[], wanted: string): Place[] {
  const part = folded(wanted.trim());
  return places
    .filter((place) => !part || folded(place.name).includes(part))
    .sort((a, b) => b.things - a.things || a.name.localeCompare(b.name));
}

/** A view of the explorer: places and what is at them. */

import { useMemo, useState } from "preact/hooks";
import { useAnswer } from "../ask";
import { MapCanvas } from "../map/canvas";
import type { Spot } from "../map/cluster";
import { PlaceList } from "../map/list";
import { type Box, project } from "../map/mercator";
import { count } from "../parts";
import type { MapScene } from "../source";
import type { ViewProps } from "./props";
import { inGraph, MOST, Nothing } from "./shared";

export default function Map({ source, state }: ViewProps) {
  const filters = state.filters.value;
  const key = `${JSON.stringify(filters)} ${state.edits.value}`;
  const { value, problem } = useAnswer(key, () => source.map(filters));
  if (problem) return <p class="kg-problem" role="alert">{problem}</p>;
  if (!value) return <p class="kg-empty" role="status">Reading the places…</p>;
  return <Placed scene={value} state={state} />;
}

function Placed({ scene, state }: { scene: MapScene; state: ViewProps["state"] }) {
  const spots = useMemo(() => scene.places.map(spotOf), [scene]);
  const chosen = useMemo(() => new Set(state.look.value.place), [state.look.value.place]);
  const [box, setBox] = useState<Box | null>(null);
  const inside = box ? spots.filter((spot) => within(box, spot)) : spots;

  const choose = (ids: string[], more: boolean): void => {
    const place = toggled(more ? [...chosen] : [], ids, chosen);
    state.amend({ place });
    state.say(place.length ? `${count(place.length, "place")} chosen` : "No place chosen");
  };
  const open = (ids: string[]): void => state.go(inGraph(ids.slice(0, MOST)));
  if (spots.length === 0) {
    return (
      <Nothing
        state={state} held="No place with a known position passes the filters."
        none="Nothing in this space has a known position. Countries and cities that kg recognises get one."
      />
    );
  }
  return (
    <div class="kg-split">
      <MapCanvas spots={spots} chosen={chosen} choose={choose} look={setBox} />
      <section class="kg-side" aria-label="Places">
        <header class="kg-side-head">
          <h2>{count(spots.length, "place")}</h2>
          <p class="kg-muted">{summary(inside.length, scene.omitted)}</p>
          <div class="kg-toolbar">
            <button
              type="button" class="kg-button kg-main-button" disabled={!chosen.size} onClick={() => open([...chosen])}
            >
              Show in the graph{chosen.size ? ` (${chosen.size})` : ""}
            </button>
            <button
              type="button" class="kg-button" disabled={!inside.length} onClick={() => choose(idsOf(inside), false)}
            >
              Choose what is on the map
            </button>
            {chosen.size > 0 && (
              <button type="button" class="kg-button" onClick={() => choose([], false)}>Clear</button>
            )}
          </div>
          {chosen.size > MOST && <p class="kg-muted">The graph opens on the first {MOST} of them, each with what is near it.</p>}
        </header>
        <PlaceList scene={scene} chosen={chosen} choose={choose} state={state} />
      </section>
    </div>
  );
}

function spotOf({ id, name, point: [lat, lon], things }: MapScene["places"][number]): Spot {
  return { id, name, things, lat, lon, at: project(lat, lon) };
}

function within([south, west, north, east]: Box, { lat, lon }: Spot): boolean {
  return lat >= south && lat <= north && lon >= west && lon <= east;
}

const idsOf = (spots: Spot[]): string[] => [...spots].sort((a, b) => b.things - a.things).map((spot) => spot.id);

/** The kept ids and the new ones; the new ones are let go instead where all of them were chosen before. */
function toggled(kept: string[], ids: string[], before: ReadonlySet<string>): string[] {
  const off = ids.length > 0 && ids.every((id) => before.has(id));
  if (off) return kept.filter((id) => !ids.includes(id));
  return [...new Set([...kept, ...ids])];
}

function summary(inside: number, omitted: number): string {
  const left = omitted ? `; ${count(omitted, "more thing")} left out for the size of the answer, narrow the filters` : "";
  return `${inside} on the map as it stands${left}.`;
}

/** The same thing for machines: the addresses at which the server gives it as RDF. */

import type { Source } from "./source";

const FORMS = [["ttl", "Turtle"], ["jsonld", "JSON-LD"], ["nt", "N-Triples"], ["rdf", "RDF/XML"]] as const;

export function RdfLinks({ source, room, id }: { source: Source; room: "entity" | "document"; id: string }) {
  const { endpoint } = source;
  if (endpoint === null) return null;
  const address = (suffix: string): string => new URL(`${room}/${encodeURIComponent(id)}.${suffix}`, endpoint).href;
  return (
    <p class="kg-rdf">
      <span class="kg-muted">As RDF: </span>
      {FORMS.map(([suffix, name], place) => (
        <>{place ? ", " : ""}<a key={suffix} href={address(suffix)} download={`${id}.${suffix}`}>{name}</a></>
      ))}
    </p>
  );
}

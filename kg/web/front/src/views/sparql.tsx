/** A view of the explorer: the SPARQL editor. */

import type { ViewProps } from "./props";

export default function Sparql(_props: ViewProps) {
  return <p class="kg-empty">Not here yet.</p>;
}

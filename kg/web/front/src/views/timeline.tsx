/** A view of the explorer: dated statements. */

import type { ViewProps } from "./props";

export default function Timeline(_props: ViewProps) {
  return <p class="kg-empty">Not here yet.</p>;
}

/** A view of the explorer: pairs that a person should judge. */

import type { ViewProps } from "./props";

export default function Review(_props: ViewProps) {
  return <p class="kg-empty">Not here yet.</p>;
}

/** A view of the explorer: places and what is at them. */

import type { ViewProps } from "./props";

export default function Map(_props: ViewProps) {
  return <p class="kg-empty">Not here yet.</p>;
}

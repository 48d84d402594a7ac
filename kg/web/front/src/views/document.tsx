/** A view of the explorer: the documents, and the text of one with its mentions and statements marked. */

import type { ViewProps } from "./props";

export default function Document(_props: ViewProps) {
  return <p class="kg-empty">Not here yet.</p>;
}

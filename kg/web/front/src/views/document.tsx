/** A view of the explorer: the documents, and the text of one with its mentions and statements marked. */

import { DocumentList } from "../document/list";
import { DocumentText } from "../document/page";
import type { ViewProps } from "./props";

export default function Document(props: ViewProps) {
  const id = props.state.look.value.document;
  return id === null ? <DocumentList {...props} /> : <DocumentText key={id} id={id} {...props} />;
}

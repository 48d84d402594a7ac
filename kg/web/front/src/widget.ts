/**
 * The bundle for files and notebooks.
 *
 * - A notebook: an anywidget, whose model holds `data` (see `embedded.ts`), `height` in pixels and `theme`.
 * - A file: a page with `<script type="application/json" id="kg-data">` and `<div id="kg" class="kg">`, which this script
 *   then fills. Write `<` as `\u003c` in the JSON, so that no text of a document ends the script element.
 */

import { mount } from "./embed";
import type { Embedded } from "./embedded";

interface Model {
  get(name: string): unknown;
  on(event: string, called: () => void): void;
  off(event: string, called: () => void): void;
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const frame = document.createElement("div");
  frame.className = "kg kg-framed";
  el.append(frame);
  let unmount = () => {};
  const draw = (): void => {
    unmount();
    frame.style.height = `${Number(model.get("height")) || 480}px`;
    const theme = (model.get("theme") ?? "system") as "light" | "dark" | "system";
    unmount = mount(frame, model.get("data") as Embedded, { compact: true, theme });
  };
  draw();
  model.on("change:data", draw);
  model.on("change:height", draw);
  return () => {
    model.off("change:data", draw);
    model.off("change:height", draw);
    unmount();
    frame.remove();
  };
}

export { mount };
export default { render };

const inPage = document.getElementById("kg-data");
const root = document.getElementById("kg");
if (inPage?.textContent && root) mount(root, JSON.parse(inPage.textContent) as Embedded, { hash: true });

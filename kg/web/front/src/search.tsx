/** Search as you type: a combobox over names and aliases. */

import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons";
import { connected, count, TypeIcon } from "./parts";
import { onKeys, type Shell } from "./shell";
import { type Found, type Piece, SourceError } from "./source";

const PAUSE = 60; // milliseconds without a key before asking

export function Search({ shell }: { shell: Shell }) {
  const { state, shown } = shell;
  const text = useSignal("");
  const found = useSignal<Found[]>([]);
  const asked = useSignal("");
  const open = useSignal(false);
  const active = useSignal(-1);
  const input = useRef<HTMLInputElement>(null);
  useAsking(shell, text, found, asked, active);
  const id = useId();
  // The key / leads here from wherever no text is written.
  useEffect(() => onKeys(shell, (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    input.current?.focus();
  }), []);

  const choose = (one: Found, more: boolean): void => {
    open.value = false;
    text.value = "";
    if (more) shown.open(one.id);
    else shown.begin(one.id);
    shell.panel.show("details");
  };
  const pressed = (event: KeyboardEvent): void => {
    const last = found.value.length - 1;
    if (event.key === "ArrowDown") active.value = active.value >= last ? 0 : active.value + 1;
    else if (event.key === "ArrowUp") active.value = active.value <= 0 ? last : active.value - 1;
    else if (event.key === "Enter") {
      const one = found.value[Math.max(0, active.value)];
      if (one && asked.value === text.value) choose(one, event.shiftKey);
    } else if (event.key === "Escape" && (open.value || text.value)) {
      if (!open.value) text.value = "";
      open.value = false;
    } else return;
    if (event.key.startsWith("Arrow")) open.value = true;
    event.preventDefault();
    event.stopPropagation();
  };
  const listed = open.value && text.value.trim() !== "";
  return (
    <div class="kg-search" role="search">
      <Icon name="search" />
      <input
        ref={input} type="text" role="combobox" aria-label="Search people, organisations, vehicles, places and works"
        aria-expanded={listed} aria-controls={id} aria-autocomplete="list" autocomplete="off" spellcheck={false}
        aria-activedescendant={listed && active.value >= 0 ? `${id}-${active.value}` : undefined}
        placeholder={shown.pathFrom.value ? "Path to …" : "Search names"} value={text.value} onKeyDown={pressed}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          open.value = true;
        }}
        onFocus={() => (open.value = true)} onBlur={() => (open.value = false)}
      />
      <kbd class="kg-search-key" aria-hidden="true">/</kbd>
      <ul id={id} class="kg-found" role="listbox" aria-label="Things found" hidden={!listed}>
        {listed && !found.value.length && asked.value === text.value ? (
          <li class="kg-found-none" role="option" aria-disabled="true" aria-selected="false">No name like “{text.value}”.</li>
        ) : null}
        {found.value.map((one, place) => (
          <li
            id={`${id}-${place}`} role="option" aria-selected={place === active.value} class="kg-found-one"
            onMouseDown={(event) => {
              event.preventDefault();
              choose(one, event.shiftKey);
            }}
            onMouseMove={() => (active.value = place)}
          ><One found={one} types={state.space.value?.types} /></li>
        ))}
      </ul>
    </div>
  );
}

function One({ found, types }: { found: Found; types: Parameters<typeof TypeIcon>[0]["types"] }) {
  const { name, matched, type, subtype, degree, documents } = found;
  return (
    <>
      <TypeIcon type={type} types={types} />
      <span class="kg-found-name">
        {name}
        {matched !== name ? <span class="kg-muted"> also “{matched}”</span> : null}
      </span>
      <span class="kg-found-sum">{subtype ?? type} · {connected(degree)} · {count(documents, "document")}</span>
      <span class="kg-found-context">{found.context.map((piece: Piece) => piece.text).join("")}</span>
    </>
  );
}

function useAsking(
  { source, state }: Shell,
  text: { value: string }, found: { value: Found[] }, asked: { value: string }, active: { value: number },
): void {
  const query = text.value;
  useEffect(() => {
    if (!query.trim()) {
      found.value = [];
      return;
    }
    const stopping = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const answer = await source.search(query, { limit: 12, signal: stopping.signal });
        if (stopping.signal.aborted) return;
        found.value = answer;
        asked.value = query;
        active.value = answer.length ? 0 : -1;
        state.say(`${count(answer.length, "name")} found`);
      } catch (cause) {
        if (cause instanceof SourceError) state.toast.value = { message: cause.message, wrong: true };
        else if (!(cause instanceof DOMException)) throw cause;
      }
    };
    const waiting = setTimeout(() => void ask(), PAUSE);
    return () => {
      clearTimeout(waiting);
      stopping.abort();
    };
  }, [query]);
}

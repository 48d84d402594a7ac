/** The text of a query, in Yasgui's editor, with what the space itself offers to complete it. */

import Yasqe from "@zazuko/yasqe";
import style from "@zazuko/yasqe/build/yasqe.min.css?url";
import { useEffect, useRef } from "preact/hooks";
import type { Completions, Offer } from "./complete";
import { positionAt } from "./position";

export interface EditorProps {
  /** A text put in from elsewhere, once for each object: what is typed is told by `change` and never comes back. */
  loaded: { text: string };
  completions: Completions;
  /** Those that the endpoint knows without being told. */
  prefixes: Record<string, string>;
  /** Where the endpoint found a mistake, from 1. */
  mistake: { line: number; column: number } | null;
  change(value: string): void;
  run(): void;
}

type Cursor = { line: number; ch: number };
type Hint = { text: string; from: Cursor; to: Cursor; render(item: HTMLElement): void };
type Hints = { list: Hint[]; from: Cursor; to: Cursor };
type Hinting = { hint: () => Promise<Hints>; completeSingle: boolean; container: Element };

/** What is used of the editor; its own types need those of CodeMirror. */
interface Code {
  rootEl: HTMLElement;
  getValue(): string;
  setValue(text: string): void;
  getCursor(): Cursor;
  setCursor(at: Cursor): void;
  getRange(from: Cursor, to: Cursor): string;
  getInputField(): HTMLElement;
  showHint(hinting: Hinting): void;
  addLineClass(line: number, where: string, name: string): void;
  removeLineClass(line: number, where: string, name: string): void;
  lineCount(): number;
  focus(): void;
  getMode(): { startState(): { prefixes: Record<string, string> } };
  on(event: string, act: (...args: unknown[]) => void): void;
  destroy(): void;
}

export function Editor({ loaded, completions, prefixes, mistake, change, run }: EditorProps) {
  const root = useRef<HTMLDivElement>(null);
  const code = useRef<Code | null>(null);
  const now = useRef({ change, run, completions, prefixes, loaded });
  now.current = { change, run, completions, prefixes, loaded };
  useEffect(() => {
    let gone = false;
    void styled().then(() => {
      if (gone || !root.current) return;
      code.current = made(root.current, now);
    });
    return () => {
      gone = true;
      code.current?.destroy();
    };
  }, []);
  useEffect(() => {
    if (code.current && code.current.getValue() !== loaded.text) code.current.setValue(loaded.text);
  }, [loaded]);
  useEffect(() => mark(code.current, mistake), [mistake]);
  return <div ref={root} class="kg-editor" />;
}

type Now = { current: Omit<EditorProps, "mistake"> };

function made(root: HTMLElement, now: Now): Code {
  // Its own completers know the vocabularies of the world and would declare prefixes that are not the space's.
  Yasqe.defaults.autocompleters = [];
  const run = (): void => now.current.run();
  const complete = (code: unknown): void => offer(code as Code, now.current.completions);
  const editor = new Yasqe(root, {
    value: now.current.loaded.text, persistenceId: null, consumeShareLink: null, createShareableLink: null,
    // A mistake is underlined where it stands. Its mark at the edge says no more, in a bubble that the policy forbids.
    showQueryButton: false, syntaxErrorCheck: false, resizeable: false, highlightSelectionMatches: false, editorHeight: "14rem",
    extraKeys: {
      "Ctrl-Space": complete, "Ctrl-Enter": run, "Cmd-Enter": run,
      // Tab leaves the editor, as everywhere on a page: whoever has no pointer would else be caught in it.
      Tab: false, "Shift-Tab": false, Esc: (code: Code) => code.getInputField().blur(),
    },
  } as never) as unknown as Code;
  editor.getInputField().setAttribute("aria-label", "SPARQL query. Control Enter runs it, Control Space completes.");
  know(editor, now.current.prefixes);
  editor.on("change", () => now.current.change(editor.getValue()));
  editor.on("inputRead", (_code, change) => {
    if (/[\p{L}\p{N}:?-]$/u.test((change as { text: string[] }).text.join("\n"))) complete(editor);
  });
  return editor;
}

/** Its parser begins with no prefixes, and would mark those of the endpoint as mistakes. */
function know(editor: Code, prefixes: Record<string, string>): void {
  const mode = editor.getMode();
  const begin = mode.startState.bind(mode);
  mode.startState = () => ({ ...begin(), prefixes: { ...prefixes } });
  editor.setValue(editor.getValue());
}

function offer(code: Code, completions: Completions): void {
  const hint = async (): Promise<Hints> => {
    const to = code.getCursor();
    const { word, place } = positionAt(code.getRange({ line: 0, ch: 0 }, to));
    const from = { line: to.line, ch: to.ch - word.length };
    const found = await completions.offers(word, place, code.getValue());
    const others = found.filter(({ text }) => text !== word);
    return { list: others.map((each) => ({ text: each.text, from, to, render: (item) => show(item, each) })), from, to };
  };
  code.showHint({ hint, completeSingle: false, container: code.rootEl });
}

function show(item: HTMLElement, { text, note }: Offer): void {
  const told = document.createElement("span");
  told.className = "kg-offer-note";
  told.textContent = note;
  item.append(text, " ", told);
  // The editor's list has no name, and scrolls without being reached by Tab.
  item.parentElement?.setAttribute("aria-label", "Completions");
  item.parentElement?.setAttribute("tabindex", "0");
}

function mark(code: Code | null, mistake: { line: number; column: number } | null): void {
  if (!code) return;
  for (let line = 0; line < code.lineCount(); line++) code.removeLineClass(line, "background", "kg-mistake");
  if (!mistake) return;
  code.addLineClass(mistake.line - 1, "background", "kg-mistake");
  code.setCursor({ line: mistake.line - 1, ch: mistake.column - 1 });
}

let styling: Promise<void> | null = null;

/** The editor measures itself as it is made: its style has to be there before. */
function styled(): Promise<void> {
  styling ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(style, import.meta.url).href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
  return styling;
}

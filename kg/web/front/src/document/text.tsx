/** The text of a document in pieces: names underlined by type, quotes of statements on a tint to press. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { kindOf } from "../kinds";
import { Link } from "../link";
import type { DocumentPage, DocumentPiece } from "../source";
import type { State } from "../state";
import { inGraph } from "../views/shared";

export interface MarkedTextProps {
  page: DocumentPage;
  chosen: string | null;
  choose(statement: string | null): void;
  marks: boolean;
  state: State;
}

export function MarkedText({ page, chosen, choose, marks, state }: MarkedTextProps) {
  const root = useRef<HTMLDivElement>(null);
  const paragraphs = useMemo(() => paragraphsOf(page.pieces), [page]);
  useEffect(() => {
    const first = root.current?.querySelector(".kg-said-chosen");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }, [chosen]);
  const press = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest("a") || getSelection()?.toString()) return;
    const ids = target.closest<HTMLElement>("[data-statements]")?.dataset["statements"]?.split(" ") ?? [];
    if (ids.length) choose(ids[(ids.indexOf(chosen ?? "") + 1) % ids.length] ?? null);
  };
  return (
    <div ref={root} class="kg-text" onClick={press}>
      {paragraphs.map((pieces, index) => (
        <p key={index}>
          {pieces.map((piece, place) => <Piece key={place} {...{ piece, chosen, marks, page, state }} />)}
        </p>
      ))}
    </div>
  );
}

type PieceProps = { piece: DocumentPiece; chosen: string | null; marks: boolean; page: DocumentPage; state: State };

function Piece({ piece, chosen, marks, page, state }: PieceProps) {
  const { text, mention, statements } = piece;
  const words = mention && marks ? <Mention {...{ text, mention, page, state }} /> : text;
  if (!statements?.length) return <>{words}</>;
  const isChosen = chosen !== null && statements.includes(chosen);
  return (
    <mark class={isChosen ? "kg-said kg-said-chosen" : "kg-said"} data-statements={statements.join(" ")}>{words}</mark>
  );
}

type MentionProps = {
  text: string; mention: NonNullable<DocumentPiece["mention"]>; page: DocumentPage; state: State;
};

/** A name leads to its thing; a description or pronoun tells in its title what it stands for. */
function Mention({ text, mention: { entity, type, kind }, page, state }: MentionProps) {
  const kinds = kindOf(type, state.space.value?.types).name;
  const stands = kind === "name" ? type : `${type}, ${kind} of ${page.names[entity] ?? entity}`;
  return (
    <span class={`kg-mention kg-mention-${kinds} kg-mention-${kind}`} title={`${page.names[entity] ?? entity} (${stands})`}>
      <Link state={state} to={inGraph([entity])}>{text}</Link>
    </span>
  );
}

/** Pieces in paragraphs, as line breaks of the text part them. */
export function paragraphsOf(pieces: DocumentPiece[]): DocumentPiece[][] {
  const paragraphs: DocumentPiece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split(/\n+/).forEach((text, index) => {
      if (index > 0) paragraphs.push([]);
      if (text) paragraphs.at(-1)?.push({ ...piece, text });
    });
  }
  return paragraphs.filter((paragraph) => paragraph.some((piece) => piece.text.trim()));
}

/** The card of a thing: what it is called, what is said of it, where it is named, and what can be done with it. */

import { useSignal } from "@preact/signals";
import { useAnswer } from "../ask";
import { twins } from "../filters";
import { Icon, type IconName } from "../icons";
import { Link, outside } from "../link";
import { connected, count, Marked, Standings, timeInWords, TypeIcon } from "../parts";
import { RdfLinks } from "../rdf-links";
import type { Shell } from "../shell";
import type { Edge, EntityCard } from "../source";
import { EntityEdits } from "./edits";

export function Card({ shell, id }: { shell: Shell; id: string }) {
  const { source, state, shown } = shell;
  const { value: card, problem } = useAnswer(`${id} ${state.edits.value}`, () => source.entity(id));
  if (problem) return <p class="kg-problem" role="alert">{problem}</p>;
  const known = card?.id === id ? card : shown.nodes.value.get(id);
  if (!known) return <p class="kg-empty">Reading…</p>;
  return (
    <article class="kg-card" aria-label={known.name}>
      <header>
        <p class="kg-kicker"><TypeIcon type={known.type} types={state.space.value?.types} /> {known.subtype ?? known.type}</p>
        <h2>{known.name}</h2>
        {known.aliases.length ? <p class="kg-aliases">also {known.aliases.join(", ")}</p> : null}
        <p class="kg-counts">
          {card?.id === id ? `${count(card.told, "fact")} · ` : ""}{connected(known.degree)} · named {count(known.mentions, "time")} in{" "}
          {count(known.documents, "document")}
        </p>
      </header>
      <Actions shell={shell} id={id} />
      {card?.id === id ? <Known shell={shell} card={card} /> : <p class="kg-empty">Reading…</p>}
    </article>
  );
}

function Actions({ shell, id }: { shell: Shell; id: string }) {
  const { state, shown } = shell;
  const expanded = state.look.value.expand.includes(id);
  const pinned = shown.isPinned(id);
  const left = shown.left(id);
  const inGraph = state.look.value.view === "graph" && shown.nodes.value.has(id);
  const actions: { icon: IconName; label: string; act: () => void; pressed?: boolean }[] = [
    { icon: "why", label: "Why?", act: () => state.go({ why: `entity:${id}` }) },
    { icon: "path", label: "Path from here…", act: () => (shown.pathFrom.value = id), pressed: shown.pathFrom.value === id },
  ];
  if (inGraph) {
    actions.unshift({
      icon: expanded ? "minus" : "expand", label: expanded ? "Collapse" : left ? `Expand (${left})` : "Expand",
      act: () => (expanded ? shown.collapse(id) : shown.expand(id)),
    });
    actions.push(
      { icon: "pin", label: "Pin", pressed: pinned, act: () => (pinned ? shown.unpin(id) : shown.pin(id)) },
      { icon: "hide", label: "Hide", act: () => shown.hide(id) },
    );
  } else actions.unshift({ icon: "expand", label: "Show in graph", act: () => shown.open(id) });
  return (
    <div class="kg-actions" role="group" aria-label="What to do">
      {actions.map(({ icon, label, act, pressed }) => (
        <button type="button" class="kg-action" aria-pressed={pressed} onClick={act}><Icon name={icon} />{label}</button>
      ))}
    </div>
  );
}

function Known({ shell, card }: { shell: Shell; card: EntityCard }) {
  const follow = new Set(twins(card.facts, true));
  const groups = grouped(card.facts.filter(({ id }) => !follow.has(id)), (fact) => headOf(fact, card.id));
  return (
    <>
      <dl class="kg-facts">
        {[...groups].map(([label, facts]) => (
          <>
            <dt>{label}</dt>
            {facts.map((fact) => <Fact shell={shell} fact={fact} card={card} />)}
          </>
        ))}
      </dl>
      {card.more ? <p class="kg-counts">{count(card.more, "more fact")} not listed</p> : null}
      {card.sameAs.length ? <SameAs links={card.sameAs} /> : null}
      <EntityEdits shell={shell} card={card} />
      <Passages shell={shell} card={card} />
      <RdfLinks source={shell.source} room="entity" id={card.id} />
    </>
  );
}

/** A predicate read from this end: what points here is told as such. */
const headOf = (fact: Edge, id: string): string => (fact.source === id ? fact.label : `← ${fact.label}`);

function grouped(facts: Edge[], key: (fact: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const fact of facts) groups.set(key(fact), [...(groups.get(key(fact)) ?? []), fact]);
  return groups;
}

function Fact({ shell, fact, card }: { shell: Shell; fact: Edge; card: EntityCard }) {
  const { state, shown } = shell;
  const other = fact.source === card.id ? fact.target : fact.source;
  const name = other === null ? (fact.value?.value ?? "") : (card.names[other] ?? other);
  return (
    <dd class="kg-fact">
      <span class="kg-fact-what">
        {other === null ? <span>{fact.value?.datatype === "date" ? timeInWords(name) : name}</span> : (
          <button type="button" class="kg-name" onClick={() => shown.open(other)}>{name}</button>
        )}
        <Standings edge={fact} />
        {fact.inferred ? <span class="kg-badge">inferred</span> : null}
        {fact.times.length ? <span class="kg-muted"> {fact.times.slice(0, 2).map(timeInWords).join("; ")}</span> : null}
      </span>
      <button
        type="button" class="kg-why" aria-label={`Why ${fact.label} ${name}?`} onClick={() => state.go({ why: fact.id })}
      >why?</button>
    </dd>
  );
}

function SameAs({ links }: { links: string[] }) {
  return (
    <>
      <h3>The same elsewhere</h3>
      <ul class="kg-links">
        {links.map((link) => {
          const href = outside(link);
          return <li>{href ? <a href={href} rel="noreferrer noopener" target="_blank">{link} <Icon name="outside" /></a> : link}</li>;
        })}
      </ul>
    </>
  );
}

function Passages({ shell, card }: { shell: Shell; card: EntityCard }) {
  const shownUpTo = useSignal(3);
  if (!card.places.length) return null;
  const left = card.places.length - shownUpTo.value;
  return (
    <>
      <h3>Where it is named</h3>
      {card.places.slice(0, shownUpTo.value).map(({ document, pieces }) => (
        <figure class="kg-passage">
          <blockquote><Marked pieces={pieces} /></blockquote>
          <figcaption><DocumentName shell={shell} document={document} /></figcaption>
        </figure>
      ))}
      {left > 0 ? <button type="button" class="kg-more" onClick={() => (shownUpTo.value += 10)}>{left} more</button> : null}
    </>
  );
}

/** A document's title and day, leading to its page where there is one. */
export function DocumentName({ shell, document, statement }: {
  shell: Shell; document: EntityCard["places"][number]["document"]; statement?: string;
}) {
  const { source, state } = shell;
  const title = document.title || document.id;
  const day = document.published ? <span class="kg-muted">, {timeInWords(document.published)}</span> : null;
  if (source.views.includes("documents")) {
    const to = { view: "documents" as const, document: document.id, statement: statement ?? null };
    return <><Link state={state} to={to}>{title}</Link>{day}</>;
  }
  const href = outside(document.source);
  return <>{href ? <a href={href} rel="noreferrer noopener" target="_blank">{title}</a> : title}{day}</>;
}

/** What a person decides: two things are one, or are not, or a statement is wrong. Each can be taken back at once. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { decideOpenly } from "../decide";
import { Icon } from "../icons";
import { count, Marked, TypeIcon } from "../parts";
import type { Shell } from "../shell";
import { type Claim, type Decided, type EntityCard, type Found, SourceError } from "../source";

function complain({ state }: Shell, cause: unknown): void {
  if (!(cause instanceof SourceError)) throw cause;
  state.toast.value = { message: cause.message, wrong: true };
}

export function EntityEdits({ shell, card }: { shell: Shell; card: EntityCard }) {
  const way = useSignal<"same" | "different" | null>(null);
  if (!shell.state.space.value?.edit) return null;
  return (
    <section class="kg-edits" aria-label="Correct">
      <h3>Correct</h3>
      <div class="kg-actions">
        <button type="button" class="kg-action" aria-pressed={way.value === "same"} onClick={() => (way.value = way.value === "same" ? null : "same")}>
          <Icon name="merge" />Merge with…
        </button>
        <button type="button" class="kg-action" aria-pressed={way.value === "different"} onClick={() => (way.value = way.value === "different" ? null : "different")}>
          <Icon name="split" />Split from…
        </button>
      </div>
      {way.value ? <Other shell={shell} card={card} verdict={way.value} done={() => (way.value = null)} /> : null}
    </section>
  );
}

function Other({ shell, card, verdict, done }: {
  shell: Shell; card: EntityCard; verdict: "same" | "different"; done: () => void;
}) {
  const text = useSignal("");
  const found = useSignal<Found[]>([]);
  const { source, state } = shell;
  useEffect(() => {
    let stale = false;
    if (!text.value.trim()) found.value = [];
    else {
      source.search(text.value, { limit: 8 }).then(
        (answer) => {
          if (!stale) found.value = answer.filter((one) => one.id !== card.id);
        },
        (cause: unknown) => complain(shell, cause),
      );
    }
    return () => {
      stale = true;
    };
  }, [text.value]);
  const choose = async (id: string, name: string): Promise<void> => {
    const said = verdict === "same" ? `${card.name} and ${name} are one` : `${card.name} and ${name} are two`;
    const judge = async (): Promise<Decided> => {
      const decided = await source.judge(verdict, card.id, id);
      return verdict === "same" ? { ...decided, into: id } : decided;
    };
    if (await decideOpenly(source, state, said, judge)) done();
  };
  const ask = verdict === "same" ? `What is the same as ${card.name}?` : `What is not ${card.name}, though held for it?`;
  const names = verdict === "different" ? card.aliases : [];
  return (
    <div class="kg-other">
      <label>
        <span>{ask}</span>
        <input type="text" autocomplete="off" value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
      </label>
      <ul class="kg-names">
        {names.map((name) => (
          <li><button type="button" class="kg-row" onClick={() => void choose(name, `“${name}”`)}><span class="kg-row-name">“{name}”, one of its names</span></button></li>
        ))}
        {found.value.map((one) => (
          <li>
            <button type="button" class="kg-row" onClick={() => void choose(one.id, one.name)}>
              <TypeIcon type={one.type} types={state.space.value?.types} />
              <span class="kg-row-name">{one.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {verdict === "different" ? <Sentences shell={shell} card={card} done={done} /> : null}
    </div>
  );
}

/** Namesakes have one name: they are told apart by the sentences that are about each. */
function Sentences({ shell: { source, state }, card, done }: { shell: Shell; card: EntityCard; done: () => void }) {
  const chosen = useSignal<string[]>([]);
  const said = sentencesOf(card);
  const left = said.size - chosen.value.length;
  if (said.size < 2) return null;
  const turn = (mention: string): void => {
    const { value } = chosen;
    chosen.value = value.includes(mention) ? value.filter((one) => one !== mention) : [...value, mention];
  };
  const split = async (): Promise<void> => {
    const words = `Another ${card.name} has ${count(chosen.value.length, "text")} now`;
    if (await decideOpenly(source, state, words, () => source.split(card.id, chosen.value))) done();
  };
  return (
    <fieldset class="kg-sentences">
      <legend>Or choose what is said of another {card.name}:</legend>
      {[...said].map(([mention, [first, ...more]]) => (
        <label class="kg-check">
          <input type="checkbox" checked={chosen.value.includes(mention)} onChange={() => turn(mention)} />
          <span>
            <Marked pieces={first!.pieces} />
            <span class="kg-muted">{first!.document.title || first!.document.id}{more.length ? `, with ${count(more.length, "more sentence")} there` : ""}</span>
          </span>
        </label>
      ))}
      <button type="button" class="kg-button" disabled={!chosen.value.length || !left} onClick={() => void split()}>
        <Icon name="split" />Split off what is chosen
      </button>
      {left ? null : <p class="kg-muted">Leave {card.name} something.</p>}
    </fieldset>
  );
}

/** The sentences that name a thing, those together that their document itself holds for one. */
function sentencesOf({ places }: EntityCard): Map<string, EntityCard["places"]> {
  const found = new Map<string, EntityCard["places"]>();
  for (const place of places) if (place.mention) found.set(place.mention, [...(found.get(place.mention) ?? []), place]);
  return found;
}

/** "This statement is wrong": it is left out from now on, and can be brought back. `last` where nothing else says the same. */
export function Refute({ shell, claim, last }: { shell: Shell; claim: Claim; last: boolean }) {
  const { source, state } = shell;
  const wrong = (): Promise<boolean> => decideOpenly(source, state, "Statement marked as wrong", async () => {
    const decided = await source.refute(claim.id);
    // What nothing says any more cannot be asked of.
    if (last && !state.look.peek().why?.startsWith("entity:")) state.amend({ why: null });
    return decided;
  });
  return (
    <button type="button" class="kg-action kg-refute" onClick={() => void wrong()}><Icon name="wrong" />This statement is wrong</button>
  );
}

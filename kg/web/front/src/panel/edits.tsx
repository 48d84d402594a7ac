/** What a person decides: two things are one, or are not, or a statement is wrong. Each can be taken back at once. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { decideOpenly } from "../decide";
import { Icon } from "../icons";
import { TypeIcon } from "../parts";
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
  const { source, shown, state } = shell;
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
    const judge = async (): Promise<Decided> => ({ ...(await source.judge(verdict, card.id, id)), into: id });
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
              <TypeIcon type={one.type} types={shown ? state.space.value?.types : undefined} />
              <span class="kg-row-name">{one.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
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

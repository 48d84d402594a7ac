/** Decisions that are told, and can be taken back. */

import { type Decided, type Source, SourceError } from "./source";
import type { Look, State } from "./state";

/**
 * Do it, look at what `next` says, and have everything that was read read again; tells what went wrong, and whether it
 * went well.
 */
export async function decide(
  source: Source, state: State, said: string, act: () => Promise<Decided>, next = heir,
): Promise<Decided | null> {
  try {
    const decided = await act();
    state.amend(next(state.look.peek(), decided));
    state.say(said);
    state.edits.value += 1;
    state.space.value = await source.space();
    return decided;
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    state.toast.value = { message: cause.message, wrong: true };
    return null;
  }
}

/** The same, with a message at the foot that offers to take it back; where nothing else was looked at since, also the look. */
export async function decideOpenly(source: Source, state: State, said: string, act: () => Promise<Decided>): Promise<boolean> {
  const before = state.look.peek();
  const decided = await decide(source, state, said, act);
  if (!decided) return false;
  const after = state.look.peek();
  const back = async (): Promise<void> => {
    const next: typeof heir = (look, undone) => (look === after ? before : heir(look, undone));
    const undone = await decide(source, state, `Undone: ${said}`, () => source.undo(decided.undo), next);
    if (undone) state.toast.value = { message: `Undone: ${said}` };
  };
  state.toast.value = { message: said, action: { label: "Undo", act: () => void back() } };
  return true;
}

/** What takes the place of things that are gone: of two that became one, the one; of one that became two, both. */
export function heir(look: Look, { gone, come, into }: Pick<Decided, "gone" | "come" | "into">): Partial<Look> {
  const heirs = into !== undefined && !gone.includes(into) ? [into] : come;
  if (!gone.length) return come.length ? { seeds: [...new Set([...look.seeds, ...come])] } : {};
  const one = (id: string | null): string | null => (id !== null && gone.includes(id) ? (heirs[0] ?? null) : id);
  const all = (ids: string[]): string[] => [...new Set(ids.flatMap((id) => (gone.includes(id) ? heirs : [id])))];
  const kept = (ids: string[]): string[] => ids.filter((id) => !gone.includes(id.split("~")[0]!));
  const holds = (text: string | null): boolean => text !== null && gone.some((id) => text.split(/[:,]/).includes(id));
  return {
    focus: one(look.focus), seeds: all(look.seeds), expand: all(look.expand), pin: kept(look.pin), hide: kept(look.hide),
    place: kept(look.place), why: holds(look.why) ? null : look.why, path: look.path?.some((id) => gone.includes(id)) ? null : look.path,
  };
}

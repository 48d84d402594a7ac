/** Decisions that are told, counted and can be taken back. */

import { type Decided, type Source, SourceError } from "../source";
import type { State } from "../state";

/** Do it, and have everything that was read read again; tells what went wrong, and whether it went well. */
export async function decide(source: Source, state: State, said: string, act: () => Promise<Decided>): Promise<Decided | null> {
  try {
    const decided = await act();
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

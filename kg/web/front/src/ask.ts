/** One question to the source, asked again when what it depends on changes. */

import { useEffect, useState } from "preact/hooks";
import { SourceError } from "./source";

export interface Answer<Kind> {
  value: Kind | null;
  problem: string | null;
  busy: boolean;
}

/** The answer to `ask`, asked anew when `key` changes; until then the last answer stays. */
export function useAnswer<Kind>(key: string, ask: () => Promise<Kind>): Answer<Kind> {
  const [answer, set] = useState<Answer<Kind> & { key: string }>({ key: "", value: null, problem: null, busy: true });
  useEffect(() => {
    let stale = false;
    const told = (next: Answer<Kind>): void => void (stale || set({ key, ...next }));
    ask().then(
      (value) => told({ value, problem: null, busy: false }),
      (cause: unknown) => {
        if (!(cause instanceof SourceError)) throw cause;
        told({ value: null, problem: cause.message, busy: false });
      },
    );
    return () => {
      stale = true;
    };
  }, [key]);
  return answer.key === key ? answer : { ...answer, problem: null, busy: true };
}

/** A question to the source, asked again when what it depends on changes. */

import { useEffect, useState } from "preact/hooks";

/** What came back: the answer before stays while a new one is fetched. */
export interface Answered<T> {
  answer: T | null;
  error: string | null;
  waiting: boolean;
}

/** Ask when first drawn and when one of the dependencies differs; an answer that comes too late is dropped. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, dependencies: unknown[]): Answered<T> {
  const [answered, setAnswered] = useState<Answered<T>>({ answer: null, error: null, waiting: true });
  useEffect(() => {
    const asking = new AbortController();
    setAnswered((before) => ({ ...before, waiting: true }));
    ask(asking.signal).then(
      (answer) => asking.signal.aborted || setAnswered({ answer, error: null, waiting: false }),
      (error: Error) => asking.signal.aborted || setAnswered({ answer: null, error: error.message, waiting: false }),
    );
    return () => asking.abort();
  }, dependencies);
  return answered;
}

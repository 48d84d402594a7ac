/** What of the graph is looked at; map and timeline hold to the same. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { holdsBack } from "../filters";
import { MODALITY_MEANING } from "../kinds";
import { LineSample, number, TypeIcon } from "../parts";
import type { Shell } from "../shell";
import type { Filters as Held } from "../source";

export function Filters({ shell }: { shell: Shell }) {
  const { state } = shell;
  const space = state.space.value;
  const held = state.filters.value;
  if (!space) return null;
  return (
    <form class="kg-filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <div class="kg-filters-head">
        <h2>Filters</h2>
        <button type="button" class="kg-more" disabled={!holdsBack(held)} onClick={() => state.unfilter()}>
          Clear all
        </button>
      </div>
      <Choices shell={shell} name="type" legend="Type" options={space.types.filter((type) => type.count && !type.parent).map((type) => ({
        name: type.name, label: type.label, count: type.count, mark: <TypeIcon type={type.name} types={space.types} />,
      }))} />
      <Choices shell={shell} name="modality" legend="How it is said" options={space.modalities.map(({ name, count }) => ({
        name, label: name, count, mark: <LineSample line={name} />, meaning: MODALITY_MEANING[name],
      }))} />
      <Confidence shell={shell} />
      {space.years ? <Years shell={shell} years={space.years} /> : null}
      <Choices shell={shell} name="predicate" legend="Predicate" options={space.predicates.map(({ name, label, count }) => ({ name, label, count }))} />
    </form>
  );
}

interface Option {
  name: string;
  label: string;
  count: number;
  mark?: ComponentChildren;
  meaning?: string | undefined;
}

function Choices({ shell, name, legend, options }: {
  shell: Shell; name: "type" | "modality" | "predicate"; legend: string; options: Option[];
}) {
  const { state } = shell;
  const chosen = state.filters.value[name];
  const turn = (option: string): void => {
    const next = chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option];
    state.go({ [name]: next.length === options.length ? [] : next } as Partial<Held>);
  };
  if (options.length < 2 && !chosen.length) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="kg-choices">
        {options.map(({ name: option, label, count, mark, meaning }) => (
          <label class="kg-choice">
            <input type="checkbox" checked={chosen.includes(option)} onChange={() => turn(option)} />
            {mark}
            <span>{label}{meaning ? <span class="kg-meaning">{meaning}</span> : null}</span>
            <span class="kg-muted">{number(count)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Confidence({ shell: { state } }: { shell: Shell }) {
  const id = useId();
  const { score } = state.filters.value;
  const percent = Math.round(score * 100);
  return (
    <fieldset>
      <legend><label for={id}>Confidence</label></legend>
      <div class="kg-slider">
        <input
          id={id} type="range" min="0" max="99" step="1" value={percent} aria-valuetext={`at least ${percent} per cent`}
          onInput={(event) => state.amend({ score: Number(event.currentTarget.value) / 100 })}
        />
        <output for={id}>{percent ? `≥ ${percent} %` : "any"}</output>
      </div>
    </fieldset>
  );
}

function Years({ shell: { state }, years: [first, last] }: { shell: Shell; years: [number, number] }) {
  const { from, to } = state.filters.value;
  const field = (name: "from" | "to", value: string | null, label: string) => (
    <label class="kg-year">
      <span>{label}</span>
      <input
        type="text" inputMode="numeric" pattern="\d{4}(-\d\d(-\d\d)?)?" placeholder={String(name === "from" ? first : last)}
        value={value ?? ""} title="A year, a month or a day: 2021, 2021-10 or 2021-10-05"
        onChange={(event) => {
          const { value: typed, validity } = event.currentTarget;
          if (validity.valid) state.go({ [name]: typed || null });
          else event.currentTarget.reportValidity();
        }}
      />
    </label>
  );
  return (
    <fieldset>
      <legend>Time</legend>
      <div class="kg-years">
        {field("from", from, "from")}
        {field("to", to, "to")}
      </div>
    </fieldset>
  );
}

"""A group of profiles as an Entity: its best name, its other names, and an id that stays."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.countries import Country
from kg.model import Entity, Mention, content_hash
from kg.names import full_names, slug
from kg.resolve.profile import Profile, forms_of, majority

WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(slots=True)
class _Draft:
    """An entity that has no id yet."""

    group: Sequence[Profile]
    mentions: list[Mention]
    forms: Counter[str]
    name: str
    country: Country | None

    @property
    def rank(self) -> tuple[bool, int, tuple[str, ...]]:
        """Of several with one readable id the first by rank keeps it."""
        documents = set().union(*(profile.documents for profile in self.group))
        return not self.is_open, -len(documents), self.group[0].key

    @property
    def is_open(self) -> bool:
        return any(profile.is_open for profile in self.group)


def entities(groups: Iterable[Sequence[Profile]]) -> list[Entity]:
    """Return one Entity for each group of profiles, by id.

    Of several with the same readable id the one in most documents keeps it and the others get a suffix, made of what
    they are and never of what else is in the collection. Who is known by a surname alone always has one: another
    document is likely to bring another.
    """
    by_slug: defaultdict[str, list[_Draft]] = defaultdict(list)
    for group in groups:
        draft = _draft(group)
        by_slug[slug(draft.country.name if draft.country else draft.name)].append(draft)
    found: dict[str, _Draft] = {}
    homographs: list[tuple[str, _Draft]] = []
    for id, drafts in sorted(by_slug.items()):
        first, *rest = sorted(drafts, key=lambda draft: draft.rank)
        if first.is_open:
            found[id] = first
        homographs += [(id, draft) for draft in (rest if first.is_open else [first, *rest])]
    for id, draft in homographs:
        found[_suffixed(id, draft, found.keys())] = draft
    return [_entity(id, draft) for id, draft in sorted(found.items())]


def _suffixed(id: str, draft: _Draft, taken: Iterable[str]) -> str:
    digest = content_hash(*draft.group[0].key)
    return next(longer for n in range(6, 17) if (longer := f"{id}-{digest[:n]}") not in taken)


def _draft(group: Sequence[Profile]) -> _Draft:
    mentions = sorted((m for profile in group for m in profile.mentions), key=lambda m: (m.document, m.start, m.end))
    forms = forms_of(mentions)
    country = next((profile.country for profile in group if profile.country), None)
    return _Draft(group, mentions, forms, full_names(forms, group[0].type)[0], country)


def _entity(id: str, draft: _Draft) -> Entity:
    country = draft.country
    return Entity(
        id=id,
        type=draft.group[0].type,
        subtype="Country" if country else _subtype(draft),
        name=draft.name,
        aliases=_aliases(draft.forms, draft.name),
        mentions=tuple(dict.fromkeys(mention.id for mention in draft.mentions)),
        same_as=(WIKIDATA + country.wikidata,) if country and country.wikidata else (),
    )


def _subtype(draft: _Draft) -> str | None:
    known = {profile.subtype for profile in draft.group}
    return majority((mention for mention in draft.mentions if mention.subtype in known), "subtype")


def _aliases(forms: Counter[str], name: str) -> tuple[str, ...]:
    """Return the other names, without those that only shout one of them."""
    spoken = {form.casefold() for form in forms if not form.isupper()}
    return tuple(sorted(f for f in forms if f != name and not (f.isupper() and f.casefold() in spoken)))

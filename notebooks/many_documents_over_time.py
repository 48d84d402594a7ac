# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Many documents over time
#
# A space grows: documents are added, changed and taken out, and it is always what a build of its documents would make.
# Here the articles of a space arrive month by month in a new one. The pictures that come with this notebook are of 183
# articles of English Wikinews, 2019 to 2020 ([CC BY 2.5](https://creativecommons.org/licenses/by/2.5/)).

# %% tags=["parameters"]
SPACE = "wikinews"  # where the graph is kept; built below where it is not there yet, in a minute or two
FOCUS = "Donald Trump"  # whose statements are put on a line of time

# %%
from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import mkdtemp

import matplotlib.pyplot as plt
import pandas as pd

import kg

if not Path(SPACE).exists():
    with kg.Space.create(SPACE) as space:
        kg.build("../tests/quality/resolution/documents.jsonl", into=space)

whole = kg.open(SPACE)
graph = whole.graph()
graph

# %% [markdown]
# ## Month by month
# What has been read once need not be read again: the new space takes each month's documents with the extractions of
# the old one. Whatever comes first, names that mean one thing become one entity as soon as the texts say so.

# %%
read = {extraction.document: extraction for extraction in whole.extractions()}
documents = sorted(whole.documents(), key=lambda document: (document.published or date.max, document.id))
arrived = {one.id: f"{one.published:%Y-%m}" if one.published else "no date" for one in documents}
undated = list(arrived.values()).count("no date")
if undated:
    print(f"{undated} of {len(documents)} documents have no date, and stand for one month at the end:")
    print("of when they came the pictures tell nothing. The date of a document is that of its web page,")
    print('its dateline, or "date" in a line of JSON Lines: put it there, and build the space again.')
grown = Path(mkdtemp()) / "grown"
growth = []
for month, some in groupby(documents, key=lambda document: arrived[document.id]):
    new = list(some)
    kg.add([*new, *(read[document.id] for document in new)], grown)
    growth.append({"month": month, "articles": len(new), **kg.open(grown).counts()})
growth = pd.DataFrame(growth).set_index("month")
growth["new entities"] = growth["entities"].diff().fillna(growth["entities"]).astype(int)
growth.tail(6)

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.4), layout="constrained")
growth[["entities", "statements", "documents"]].plot(ax=left, color=["#0072B2", "#E69F00", "#009E73"])
left.set_title("what the space holds")
left.set_xlabel("")
(growth["new entities"] / growth["articles"]).plot(ax=right, color="#CC79A7")
right.set_title("new entities an article")
right.set_xlabel("")
right.set_ylim(bottom=0)
plt.show()

# %% [markdown]
# ## Out and in again
# Taking a document out takes away all that only it supported. Put back, the space is what it was.

# %%
with kg.Space.edit(grown) as space:
    last = documents[-1]
    removed = space.remove(last.id)
    added = space.add([last, read[last.id]])
    same = not removed.then(added)
print(f"taken out: {last.title}")
print(f"           {len(removed.entities)} entities and {len(removed.statements)} statements changed or went with it")
print(f"put back:  the space is {'the same' if same else 'another one'}")

# %% [markdown]
# `kg diff` tells two states apart: here what the last month brought.

# %%
month = growth.index[-1]
earlier = Path(mkdtemp()) / "earlier"
old = [document for document in documents if arrived[document.id] != month] or documents
kg.add([*old, *(read[document.id] for document in old)], earlier)
difference = kg.open(earlier).diff(kg.open(grown))
came = [now for before, now in difference.entities.values() if before is None]
print(f"{month}: {len(difference.documents)} documents, {len(came)} new entities, among them")
print(", ".join(sorted(entity.name for entity in came)[:12]))

# %% [markdown]
# ## What happened when
# Statements have times, resolved against the date of their article. The months that they fall into, and those about
# the focus one by one:

# %%
times = Counter(
    one.time[:7] for one in graph.statements() if one.time and one.time[:4].isdecimal() and len(one.time) > 6
)
months = [month for month in sorted(times) if times[month]][-48:]
if months:
    figure, axes = plt.subplots(figsize=(11, 2.6), layout="constrained")
    axes.bar(months, [times[month] for month in months], color="#0072B2")
    axes.tick_params("x", rotation=90, labelsize=7)
    axes.set_title("statements by the month that they speak of")
    plt.show()
else:
    print('No statement here has a time. Texts give it ("in May 2020"), or with their date ("on Tuesday").')

# %%
about = [*graph.statements(subject=FOCUS), *graph.statements(object=FOCUS)]
published = {document.id: document.published for document in graph.documents}
line = sorted(
    (
        {
            "when": (statement.time or str(published[statement.document] or ""))[:10],
            "who": graph.entity(statement.subject).name,
            "what": graph.schema.predicates[statement.predicate].label,
            "of": graph.entity(statement.object).name if isinstance(statement.object, str) else statement.object.value,
            "how": str(statement.modality),
        }
        for statement in about
        if not statement.inferred
    ),
    key=lambda row: (row["when"], row["who"], row["what"], row["of"]),
)
pd.DataFrame(line).drop_duplicates(["who", "what", "of", "how"]).head(15).style.hide()

# %% [markdown]
# ## Is it the same thing? The fifty largest, read by hand
# In a space of many documents the largest entities are where wrong merges gather. All mentions of the fifty largest
# entities of a build of the Wikinews articles were read in their sentences, once and by one reader: `wrong` counts
# those that mean something else, `elsewhere` are other nodes for the same thing.

# %%
largest = pd.read_csv("largest_entities.csv", keep_default_na=False)
wrong, mentions = largest["wrong"].sum(), largest["mentions"].sum()
print(f"{wrong} of {mentions:,} mentions are wrong, {wrong / mentions:.1%}")
print(largest["verdict"].value_counts().to_string())
largest.style.hide().set_properties(**{"text-align": "left"})

# %% [markdown]
# Of the wrong ones 188 are pronouns and descriptions, which the model reads within one document, and 43 are names:
# parts of longer names (*USA Today*, *youtube-dl*, *Transport for London*) and bodies that a text calls by their kind
# alone, *the Senate* of Puerto Rico or of the Philippines. No two persons share a node by name, but for a mother and a
# daughter called Gloria Vanderbilt. What is split is mostly a body with its country and without (*U.S. Senate*,
# *Senate*); `kg merge` and `kg split` say it once and for all.

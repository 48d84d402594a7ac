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
# # Build a graph, and look at it
#
# `kg` reads English text and builds a graph of people, organisations, vehicles and places, in which every edge knows
# the sentence that says so. This notebook reads the articles in `seeds/`, a film crew's flight to the space station
# first, and looks at what comes out. `kg notebook SPACE` opens it on a space of your own.

# %% tags=["parameters"]
SPACE = "space"  # where the graph is kept; built below where it is not there yet
FOCUS = "Soyuz MS-19"  # what to look at more closely

# %%
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import kg

if not Path(SPACE).exists():
    with kg.Space.create(SPACE) as space:
        kg.build("../seeds", into=space)

graph = kg.open(SPACE).graph()

# %% [markdown]
# ## The whole
# A graph draws itself. In Jupyter the drawing below can be walked through; on a page that runs no code it is a picture.

# %%
graph.show(title="The best connected")

# %% [markdown]
# Colour and shape tell what a thing is, the line how far the texts go: a dashed line is a plan, a dotted one a mere
# possibility. Here is how many there are of each.

# %%
types = Counter(entity.type for entity in graph.entities())
modalities = Counter(str(statement.modality) for statement in graph.statements())
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), layout="constrained")
left.barh(*zip(*sorted(types.items(), key=lambda pair: pair[1]), strict=True), color="#0072B2")
left.set_title("entities")
right.barh(*zip(*sorted(modalities.items(), key=lambda pair: pair[1]), strict=True), color="#E69F00")
right.set_title("statements")
plt.show()

# %% [markdown]
# ## One thing, and what is around it

# %%
graph.show(FOCUS, hops=1, title=FOCUS)

# %%
entity = graph.entity(FOCUS)
print(f"{entity.name}, a {graph.type_of(entity)}, also called {', '.join(entity.aliases) or 'nothing else'}")

# %% [markdown]
# ## Why?
# Every statement quotes its text, says how the text holds it, when it is so, and how sure `kg` is.

# %%
about = [*graph.statements(subject=FOCUS), *graph.statements(object=FOCUS)]
rows = [
    {
        "subject": graph.entity(statement.subject).name,
        "predicate": statement.predicate,
        "object": graph.entity(statement.object).name if isinstance(statement.object, str) else statement.object.value,
        "modality": str(statement.modality),
        "time": statement.time or "",
        "score": statement.score,
        "quote": statement.quote,
    }
    for statement in about
    if not statement.inferred
]
pd.DataFrame(rows).style.format(precision=2).hide().set_properties(**{"text-align": "left"})

# %% [markdown]
# ## Take it with you
# A page is one file, with the sentences in it, that opens anywhere and asks for nothing; a picture is for where no
# script runs. The other formats are for other tools: RDF, GraphML, Neo4j, tables.

# %%
graph.export("graph.svg", around=FOCUS)
graph.export("graph.ttl")
graph.export("graph.graphml")
for path in sorted(Path().glob("graph.*")):
    print(f"{path.name:<14} {path.stat().st_size:>7,} bytes")

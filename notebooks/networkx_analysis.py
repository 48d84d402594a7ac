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
# # Analyse it: networkx
#
# `graph.to_networkx()` is a `MultiDiGraph`: a node for each entity, an edge for each fact with its score, modality and
# quotes. Below: who is central, what belongs together, and how two things are connected. The pictures that come with
# this notebook are of 183 articles of English Wikinews, 2019 to 2020
# ([CC BY 2.5](https://creativecommons.org/licenses/by/2.5/)).

# %% tags=["parameters"]
SPACE = "wikinews"  # where the graph is kept; built below where it is not there yet, in a minute or two
FOCUS = "United States"  # where paths begin

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd

import kg

pd.options.display.max_colwidth = 160

if not Path(SPACE).exists():
    with kg.Space.create(SPACE) as space:
        kg.build("../tests/quality/resolution/documents.jsonl", into=space)

graph = kg.open(SPACE).graph()
facts = graph.to_networkx()
print(f"{len(graph.documents)} documents, {facts.number_of_nodes():,} entities, {facts.number_of_edges():,} facts")

# %% [markdown]
# For centrality it does not matter which way a fact is told, nor how often: a simple graph of what is joined at all.

# %%
joined = nx.Graph(facts.to_undirected())
joined.remove_edges_from(list(nx.selfloop_edges(joined)))
names = dict(facts.nodes(data="name"))
parts = sorted(nx.connected_components(joined), key=lambda part: (-len(part), min(part)))
largest = joined.subgraph(sorted(parts[0]))
print(f"the largest connected part holds {len(largest)} entities; {sum(len(part) == 1 for part in parts)} stand alone")

# %% [markdown]
# ## Who is central
# Degree counts neighbours, betweenness the shortest ways that lead through, PageRank how well the neighbours are
# connected themselves.

# %%
central = pd.DataFrame(
    {
        "degree": nx.degree_centrality(largest),
        "betweenness": nx.betweenness_centrality(largest),
        "pagerank": nx.pagerank(largest),
    }
).rename(index=names)
first = central.sort_values(["betweenness", "degree"], ascending=False).head(12)
figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), sharey=True, layout="constrained")
for axes, measure, colour in zip(panels, central, ("#0072B2", "#E69F00", "#009E73"), strict=True):
    axes.barh(first.index[::-1], first[measure][::-1], color=colour)
    axes.set_title(measure)
plt.show()

# %% [markdown]
# ## What belongs together
# Communities that Louvain's method finds, the largest ones coloured and named after their best connected members.

# %%
communities = sorted(nx.community.louvain_communities(largest, seed=1), key=lambda some: (-len(some), min(some)))
ranked = [sorted(some, key=lambda node: (-largest.degree(node), node)) for some in communities]
pd.DataFrame(
    {
        "entities": [len(some) for some in ranked[:8]],
        "best connected": [", ".join(names[node] for node in some[:5]) for some in ranked[:8]],
    }
)

# %%
palette = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")  # told apart by all eyes
colour = {node: shade for shade, some in zip(palette, ranked, strict=False) for node in some}
place = nx.kamada_kawai_layout(largest)
figure, axes = plt.subplots(figsize=(11, 8), layout="constrained")
nx.draw_networkx_edges(largest, place, ax=axes, edge_color="#bbbbbb", width=0.7)
nx.draw_networkx_nodes(
    largest,
    place,
    ax=axes,
    node_size=[14 + 9 * largest.degree(node) for node in largest],
    node_color=[colour.get(node, "#cccccc") for node in largest],
)
for node in dict.fromkeys(node for some in ranked[: len(palette)] for node in some[:2]):
    box = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.75}
    axes.annotate(names[node], place[node], (0, 6), textcoords="offset points", fontsize=8, ha="center", bbox=box)
axes.set_axis_off()
plt.show()

# %% [markdown]
# ## How two things are connected
# The farthest thing that can be reached from the focus, and the facts on the way with their sentences.

# %%
source = graph.entity(FOCUS).id
reached = nx.single_source_shortest_path(joined, source)
target = max(reached, key=lambda node: (len(reached[node]), node))
path = reached[target]
print(" – ".join(names[node] for node in path))

# %%
pd.DataFrame(
    [
        {
            "from": names[subject],
            "fact": graph.schema.predicates[edge["predicate"]].label,
            "to": names[thing],
            "score": edge["score"],
            "quote": edge["quotes"][0],
        }
        for a, b in zip(path, path[1:], strict=False)
        for subject, thing in ((a, b), (b, a))
        for edge in facts.get_edge_data(subject, thing, default={}).values()
    ],
    columns=["from", "fact", "to", "score", "quote"],
)

# %% [markdown]
# The same way as a drawing whose edges answer *why?*:

# %%
ends = " ".join(f"ent:{node}" for node in path)
graph.show(query=f"SELECT ?a {{ VALUES ?a {{ {ends} }} }}", title=f"From {names[source]} to {names[target]}")

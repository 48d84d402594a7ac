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
# # Ask it: SPARQL
#
# A graph and a space answer SPARQL. Facts are plain triples; the evidence of each document is in a graph of its own.
# The usual prefixes (`kg:`, `schema:`, `ent:`, `rdfs:`) need no declaration.

# %% tags=["parameters"]
SPACE = "space"  # where the graph is kept; built below where it is not there yet
FOCUS = "Soyuz MS-19"  # what to ask about

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import kg

if not Path(SPACE).exists():
    with kg.Space.create(SPACE) as space:
        kg.build("../seeds", into=space)

graph = kg.open(SPACE).graph()

# %% [markdown]
# ## What is there
# The predicates that the texts use, and how often.

# %%
used = graph.query("""
    SELECT ?predicate (COUNT(*) AS ?facts)
    WHERE { ?a ?predicate ?b . ?b rdfs:label ?name }
    GROUP BY ?predicate ORDER BY DESC(?facts) ?predicate
""")
used

# %% [markdown]
# An answer is plain Python: `rows` of values, which a table or a chart takes as they are.

# %%
table = pd.DataFrame([(used.short(predicate), facts) for predicate, facts in used.rows], columns=used.variables)
figure, axes = plt.subplots(figsize=(8, 3), layout="constrained")
axes.barh(table["predicate"][::-1], table["facts"][::-1], color="#0072B2")
axes.set_title("facts between two things, by predicate")
plt.show()

# %% [markdown]
# ## Who, what and where

# %%
graph.query(f"""
    SELECT ?name ?predicate ?other
    WHERE {{
        ?focus rdfs:label "{FOCUS}" .
        {{ ?focus ?predicate ?b . ?b rdfs:label ?other . BIND("{FOCUS}" AS ?name) }}
        UNION {{ ?a ?predicate ?focus . ?a rdfs:label ?name . BIND("{FOCUS}" AS ?other) }}
    }}
""")

# %% [markdown]
# ## What the texts say, word for word
# The evidence of a document is in its named graph: how a statement is held, when it is so, and the quote. What is
# planned, reported or past is told apart here; what is denied or merely possible is no plain triple at all.

# %%
graph.query("""
    SELECT ?who ?predicate ?what ?modality ?time ?quote
    WHERE {
        GRAPH ?document {
            ?statement rdf:subject ?a ; rdf:predicate ?predicate ; rdf:object ?b ; kg:modality ?modality ;
                kg:quote ?quote .
            OPTIONAL { ?statement kg:time ?time }
        }
        FILTER (?modality != kg:asserted)
        ?a rdfs:label ?who . ?b rdfs:label ?what
    }
    ORDER BY ?modality ?who ?predicate ?what LIMIT 12
""")

# %% [markdown]
# ## Triples of one's own
# `CONSTRUCT` makes a graph, and the answer draws itself as one. Here: who shares a vehicle, an organisation or a place
# with whom.

# %%
graph.query("""
    CONSTRUCT { ?a kg:sharesWith ?b . ?a rdfs:label ?left ; a ?x . ?b rdfs:label ?right ; a ?y }
    WHERE {
        ?a ?predicate ?thing . ?b ?predicate ?thing . ?thing rdfs:label ?name .
        ?a rdfs:label ?left ; a ?x . ?b rdfs:label ?right ; a ?y
        FILTER (STR(?a) < STR(?b))
    }
""")

# %% [markdown]
# What a query finds can be looked at with its evidence too, as a drawing here and as a page with `graph.export`:
# everything that is said of things of the focus's type.

# %%
graph.show(
    query=f"""
    CONSTRUCT {{ ?a ?predicate ?b }}
    WHERE {{
        ?focus rdfs:label "{FOCUS}" ; a ?type . ?thing a ?type .
        {{ ?thing ?predicate ?b . BIND(?thing AS ?a) }} UNION {{ ?a ?predicate ?thing . BIND(?thing AS ?b) }}
    }}
    """,
    title=f"Things like {FOCUS}",
)

# %% [markdown]
# A space answers without loading its graph: `kg.open("space").query(…)`, and `kg query space '…'` in a shell.
# `kg serve` is an endpoint for every SPARQL client.

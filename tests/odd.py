"""Strings that have broken a writer or a reader somewhere."""

from hypothesis import strategies as st

# Any characters at all, half ones too, and often those that formats give a meaning.
ODD = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("<>\"'\\{}|^`%#$;,u\x00\x1b\x7f\x85\ud800\ufffe\r\n\t")),
    max_size=8,
)

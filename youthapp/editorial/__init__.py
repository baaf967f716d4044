"""For people who write: what is checked about the words, and the catalogues. No request imports it."""

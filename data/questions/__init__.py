"""Questions about accepted records: what was loaded and is still implausible. One SQL file a question.

The first lines of a file are comments: the grain, then `severity:` (severe: numbers are probably wrong; look: worth a look), `asks:` and
`remedy:` with the names of the statement's columns in braces. The statement gives one row a question asked, with at least source
(null: several), touches (the contract table its records are in), subject (what tells it from another of the same kind), records and total;
`metric` where only numbers of that kind of question are touched. A question answered in sources.toml by `confirmed` stays quiet.
"""

from data.questions.asking import NAMES, Question, ask

__all__ = ["NAMES", "Question", "ask"]

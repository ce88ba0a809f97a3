"""What is typed: the commands of `python -m data`, `python -m metrics` and `python -m exports`, one file each."""

from data.cores import one_each

one_each()

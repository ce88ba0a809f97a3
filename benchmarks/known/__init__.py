"""Known truth through plain files: companies written for this benchmark alone, built and asked as a user would.

Nothing here uses the simulated company of `python -m data demo`, nor a formula of the product: what is true follows from
the distributions that the files are drawn from.
"""

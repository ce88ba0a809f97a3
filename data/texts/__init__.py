"""What people wrote, scored offline at build by word lists: sentiment, emotions, mentions of effort.

Lists are the .toml files here, one a language; the rules are VADER's (Hutto & Gilbert, ICWSM 2014). Levels are biased by
any classifier: rank and trend hold, levels only after calibration.
"""

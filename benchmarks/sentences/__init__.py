"""Sentences of known truth about a store, half of them false: what does `exports check` make of them?"""

"""Bring your own files, step by step: drop, look, correct, build. Each file here is one step; the page only puts them in order."""

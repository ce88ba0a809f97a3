"""Digests and alerts that go out by themselves: who gets what, where to, what is new since the last."""

"""What a viewer without the right to single persons may be shown, whatever else they ask (docs/STATISTICS.md C, Disclosure)."""

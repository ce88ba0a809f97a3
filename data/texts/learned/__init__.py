"""How a company's own customers rate what they write, learned from comments that came with a rating (`python -m data calibrate`)."""

"""Who looks at what: the address, the state, the viewer, cached answers."""

"""The Business case page: the case as its address has it, the controls, what comes out."""

"""The silent majority: who answers, what is corrected by what people did before, how often people are asked, and what to ask next."""

"""Changes that cannot wait for the next meeting, within a budget of false alarms over everything watched."""

"""Where the time of a run goes: stacks that py-spy saw, as tables and as a flame graph."""

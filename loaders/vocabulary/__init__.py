"""Chinese words that stages match against: data only, each list with the examples that its tests read."""

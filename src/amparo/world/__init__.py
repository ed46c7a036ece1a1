"""The invented world: people, journeys, each institution's messy exports and the truth, all from one seed."""

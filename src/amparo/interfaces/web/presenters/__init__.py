"""From what rooms return to what templates print: words, dates and marks, never a decision."""

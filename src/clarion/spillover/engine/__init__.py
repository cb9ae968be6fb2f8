"""Pure engines of the spillover room: question and tables in, answer out."""

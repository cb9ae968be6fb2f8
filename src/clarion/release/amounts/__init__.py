"""Tables of sums of money: which sums may leave, and what they leave open about each contributor."""

"""How dates are written where Django's own habit misleads readers."""

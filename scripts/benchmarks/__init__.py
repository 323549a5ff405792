"""What the whole program takes, measured from outside, and the page that says so: see scripts/bench."""

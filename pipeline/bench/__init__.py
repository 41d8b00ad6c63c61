"""Measuring: articles made up with known facts, how fast they are read, loaded and asked, as ratios in one run."""

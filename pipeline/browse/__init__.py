"""The reading room: pages where an analyst finds a figure, sees it in its article, trusts or corrects it, and takes it away."""

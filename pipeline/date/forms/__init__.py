"""The wordings of time expressions, a named row each: absolute, parts of a year, relative, lengths of time."""

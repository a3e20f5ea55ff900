// Replaced by the tool's first file.

"""Moves documents: sources in, one process for each document, files out. Nothing imports it but the public face."""

__version__ = "0.1.0"
